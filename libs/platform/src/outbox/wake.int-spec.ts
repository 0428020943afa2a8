import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/setup/database';
import { eventually } from '../../../../test/setup/eventually';
import { TcpProxy } from '../../../../test/setup/tcp-proxy';
import { Wake } from './wake';

describe('Wake', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  const wakes: Wake[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await TcpProxy.before(database.url);
  });
  afterEach(async () => {
    proxy.restore();
    await Promise.all(wakes.splice(0).map((wake) => wake.close()));
  });
  afterAll(async () => {
    await proxy.close();
    await database.drop();
  });

  async function open(url = database.url): Promise<{ wake: Wake; heard: string[] }> {
    const wake = new Wake(url);
    wakes.push(wake);
    await wake.listen();
    const heard: string[] = [];
    for (const signal of ['events', 'timers', 'configuration'] as const) wake.on(signal, () => heard.push(signal));
    return { wake, heard };
  }

  it('tells its own process at once and others soon after', async () => {
    const [one, other] = [await open(), await open()];
    one.wake.signal('events');
    expect(one.heard).toEqual(['events']);
    await eventually(() => expect(other.heard).toEqual(['events']));
  });

  it('bundles what happens within a moment', async () => {
    const listener = new Client({ connectionString: database.url });
    await listener.connect();
    const payloads: string[] = [];
    listener.on('notification', ({ payload }) => payloads.push(payload ?? ''));
    await listener.query('LISTEN postbag');
    const { wake } = await open();
    for (let signal = 0; signal < 100; signal += 1) wake.signal(signal % 2 ? 'events' : 'timers');
    await eventually(() => expect(payloads).toEqual(['timers,events']));
    await listener.end();
  });

  it('listens again after its connection broke', async () => {
    const [speaker, listener] = [await open(), await open(proxy.url)];
    proxy.cut();
    await sleep(50);
    speaker.wake.signal('configuration');
    await sleep(100);
    proxy.restore();
    await eventually(() => {
      speaker.wake.signal('configuration');
      expect(listener.heard).toContain('configuration');
    });
  });

  it('starts without its server and finds it later', async () => {
    proxy.cut();
    const [speaker, listener] = [await open(), await open(proxy.url)];
    listener.wake.signal('events');
    proxy.restore();
    await eventually(() => {
      speaker.wake.signal('timers');
      expect(listener.heard).toContain('timers');
    });
  });

  it('is silent once closed', async () => {
    const [speaker, listener] = [await open(), await open()];
    await listener.wake.close();
    speaker.wake.signal('events');
    await sleep(100);
    expect(listener.heard).toEqual([]);
  });
});
