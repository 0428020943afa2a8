import { Client } from 'pg';
import { createTestDatabase } from './database';

describe('the test database', () => {
  it('is a clone of its own with schema, queues, offices and a holiday calendar', async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    const client = new Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query(`
      SELECT (SELECT count(*) > 0 FROM configuration_entry WHERE kind = 'office') AS offices,
             (SELECT count(*) FROM holiday_calendar)::int AS calendars,
             (SELECT count(*) FROM event_log)::int AS events,
             EXISTS (SELECT FROM pg_namespace WHERE nspname = 'bullmq') AS queues`);
    expect(rows).toEqual([{ offices: true, calendars: 1, events: 0, queues: true }]);
    expect(other.url).not.toBe(one.url);
    await client.end();
    await one.drop();
    await other.drop();
  });
});
