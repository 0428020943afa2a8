import { randomUUID } from 'node:crypto';
import { QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import ExcelJS from 'exceljs';
import { CompositionModule } from '@app/composition';
import {
  Engine,
  EventStore,
  LogVerifier,
  UnitOfWork,
  readConfig,
  runAs,
  systemCaller,
  type Caller,
} from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { eventually } from '../../../test/setup/eventually';
import { ReviewImports, type ReviewImportView } from './application/import/review-imports';
import { GetReview } from './application/queries/get-review';
import { reviewStream } from './application/review-repository';
import { InvalidReviewInput, ReviewNotFound, ReviewRuleRefused } from './domain/review.errors';

const HEADERS = ['Our ref', 'Received', 'Complainant', 'Email', 'Status', 'Acknowledged', 'Date valid'];
const MORE = ['Papers requested', 'Papers received', 'Pauses', 'Force reference', 'Handling'];
const GOOD = ['A/1', '02/02/2026', 'Asha Ferris', 'asha@post.example', 'Papers received', '04/02/2026', '05/02/2026'];
const GOOD_MORE = ['06/02/2026', '20/02/2026', '2026-02-23 to 2026-03-02 criminal proceedings', 'CO/1/26', 'Otherwise'];
const NEW = ['A/2', '02/03/2026', 'Bo Lind', 'bo@post.example', 'Received', '', '', '', '', '', '', ''];
const BAD = ['A/3', '02/03/2026', '', '', 'Closed', '', '', '', '', '', '', ''];

function somebody(...offices: string[]): Caller {
  const actor = { kind: 'person' as const, id: 'manager' };
  return { ...systemCaller('test'), actor, role: 'review-manager', offices, system: false };
}

const MANAGER = somebody('west-mercia');

async function excel(...rows: readonly (readonly string[])[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Open');
  sheet.addRow([...HEADERS, ...MORE]);
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

describe('open reviews from a spreadsheet', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let imports: ReviewImports;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await Test.createTestingModule({
      imports: [
        CompositionModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          onError: () => undefined,
          pools: { system: 4, requests: 4 },
          queuePrefix: randomUUID(),
        }),
      ],
    }).compile();
    await app.init();
    imports = app.get(ReviewImports);
    await app.get(Engine).start(() => undefined);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const sql = <T>(query: string, values: unknown[] = []): Promise<T[]> =>
    runAs(systemCaller('test'), () => app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, values)));
  const asManager = <T>(work: () => Promise<T>): Promise<T> => runAs(MANAGER, work);
  const give = async (...rows: readonly (readonly string[])[]): Promise<string> => {
    const bytes = await excel(...rows);
    return asManager(() => imports.give('west-mercia', 'open.xlsx', bytes));
  };
  const finished = async (id: string): Promise<ReviewImportView> => {
    await asManager(() => imports.start(id));
    return eventually(async () => {
      const view = await asManager(() => imports.get(id));
      expect(view.state).toBe('finished');
      return view;
    });
  };

  it('are tried first, line by line, and nothing is written', async () => {
    const id = await give([...GOOD, ...GOOD_MORE], NEW, BAD);
    const view = await asManager(() => imports.get(id));
    expect(view.lines.map(({ line, oldReference, outcome }) => [line, oldReference, outcome])).toEqual([
      [2, 'A/1', 'taken'],
      [3, 'A/2', 'taken'],
      [4, 'A/3', 'refused'],
    ]);
    expect(view.lines[0]?.message).toContain('“papers received”; decision due');
    expect(view.lines[2]?.message).toContain('only open reviews are taken over');
    expect(await sql(`SELECT 1 FROM review`)).toEqual([]);
    await expect(runAs(somebody('staffordshire'), () => imports.get(id))).rejects.toThrow(ReviewNotFound);
  });

  it('go in with their original days, once, and nobody is written to again', async () => {
    const view = await finished(await give([...GOOD, ...GOOD_MORE], NEW, BAD));
    expect([view.taken, view.refused, view.lines[2]?.message.includes('Complainant: is missing')]).toEqual([
      2,
      1,
      true,
    ]);
    const reference = view.lines[0]?.reference ?? '';
    const { state, clocks, elapsed } = await asManager(() => app.get(QueryBus).execute(new GetReview(reference)));
    expect(state).toMatchObject({
      receivedOn: '2026-02-02',
      stage: 'papers-received',
      validityDecidedOn: '2026-02-05',
      papersRequestedOn: '2026-02-06',
      papersReceivedOn: '2026-02-20',
      pauses: [{ from: '2026-02-23', to: '2026-03-02', because: 'criminal-proceedings' }],
    });
    // 28 working days after 20 February, without the five of the pause (Monday to Friday) and Good Friday, Easter Monday.
    expect(clocks.find(({ name }) => name === 'decide')).toMatchObject({ fromDay: '2026-02-20', metOn: null });
    expect(elapsed.paused).toBe(7);
    const events = await runAs(systemCaller('test'), () =>
      app.get(UnitOfWork).run(() => app.get(EventStore).read(reviewStream(state.id))),
    );
    const [started] = await sql<{ id: string }>(
      `SELECT id FROM event_log WHERE type = 'reviews.import-started' AND stream = $1`,
      [`review-import-${view.id}`],
    );
    for (const event of events) {
      expect(event.metadata).toMatchObject({ actor: { id: 'manager' }, causationId: started?.id });
      expect(event.effectiveAt < event.recordedAt).toBe(true);
    }
    expect(events[0]?.effectiveAt.toISOString().slice(0, 10)).toBe('2026-02-02');
    expect(await sql(`SELECT 1 FROM outgoing_message`)).toEqual([]);
    const cases = await sql(
      `SELECT channel, kind, received_on::text AS received, acknowledged_at::date::text AS acknowledged
         FROM case_file ORDER BY received_on`,
    );
    expect(cases).toEqual([
      { channel: 'letter', kind: 'review', received: '2026-02-02', acknowledged: '2026-02-04' },
      { channel: 'letter', kind: 'review', received: '2026-03-02', acknowledged: null },
    ]);
    // Nothing of what the sheet said of people lies about beside the cases.
    expect(await sql(`SELECT 1 FROM review_import_row WHERE cells IS NOT NULL AND import_id = $1`, [view.id])).toEqual(
      [],
    );
    const { ok } = await runAs(systemCaller('test'), () => app.get(LogVerifier).verify());
    expect(ok).toBe(true);
  });

  it('are taken over once, however often the list is read', async () => {
    const fixed = ['A/3', '02/03/2026', 'Cy Moor', '', 'Received', '', '', '', '', '', '', ''];
    const view = await finished(await give([...GOOD, ...GOOD_MORE], fixed, fixed));
    expect(view.lines.map(({ outcome }) => outcome)).toEqual(['there-already', 'taken', 'there-already']);
    expect(await sql(`SELECT 1 FROM review`)).toHaveLength(3);
    await expect(asManager(() => imports.start(view.id))).rejects.toThrow(ReviewRuleRefused);
  });

  it('keep the meaning of the columns for the next list of the office', async () => {
    const id = await give(NEW);
    await asManager(() =>
      imports.map(id, { oldReference: 'Our ref', receivedOn: 'Received', applicantName: 'Email', stage: 'Status' }),
    );
    const { mapping } = await asManager(async () =>
      imports.get(await imports.give('west-mercia', 'next.xlsx', await excel(NEW))),
    );
    expect(mapping).toMatchObject({ applicantName: 'Email' });
    await expect(asManager(() => imports.map(id, { stage: 'Nowhere' }))).rejects.toThrow(InvalidReviewInput);
  });
});
