import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { accessContext } from '@app/access';
import { Clock } from '@app/kernel';
import { OfficesModule, officesContext } from '@app/offices';
import { PlatformModule, readConfig, runAs, systemCaller, UnitOfWork, type Caller } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { ChangeInvestigation } from './application/commands/change-investigation';
import { DrawDipSample } from './application/commands/draw-dip-sample';
import { EnterInvestigation } from './application/commands/enter-investigation';
import { HoldForceMeeting, PlanForceMeeting } from './application/commands/force-meetings';
import { AnswerOversightAction, TakeOversightAction } from './application/commands/oversight-actions';
import { PlanDipSample } from './application/commands/plan-dip-sample';
import { RecordNotice, type NoticeRecorded } from './application/commands/record-notice';
import { RecordPanelNumbers } from './application/commands/record-panel-numbers';
import { ScoreSampledFile, WorkOnDipSample } from './application/commands/work-on-dip-sample';
import { CountScrutinyDue } from './application/queries/count-scrutiny-due';
import { GetDipSample, GetSamplePopulation } from './application/queries/dip-samples';
import { GetForceMeeting, ListOversightActions } from './application/queries/force';
import { GetScrutinyFigures, ListScrutinyFigureItems } from './application/queries/get-scrutiny-figures';
import { GetInvestigation, ListInvestigations } from './application/queries/investigations';
import { ListPanelNumbers } from './application/queries/panel';
import { foldHistory, type HistoryFact } from './domain/figures/recorded-history';
import { drawPlaces } from './domain/samples/draw-sample';
import { populationHash } from './domain/samples/population';
import { scrutinyContext, ScrutinyModule } from './scrutiny.module';

class SettableClock extends Clock {
  instant = new Date('2026-03-02T12:00:00Z');
  now(): Date {
    return this.instant;
  }
}

const OFFICE = 'west-mercia';
const ALL = { offices: [OFFICE], isOpen: true, limit: 10, after: null };

describe('oversight of the force', () => {
  const clock = new SettableClock();
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await createTestDatabase();
    const contexts = [accessContext, officesContext, scrutinyContext];
    const pools = { system: 3, requests: 3 };
    const platform = { config: readConfig({}), databaseUrl: database.url, contexts, onError: () => undefined, pools };
    app = await Test.createTestingModule({
      imports: [PlatformModule.register(platform), CqrsModule.forRoot(), OfficesModule, ScrutinyModule],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    await app.init();
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  function person(id: string, office = OFFICE): Caller {
    const actor = { kind: 'person', id } as const;
    return { ...systemCaller('x'), actor, role: 'manager', offices: [office], system: false };
  }
  const as = <T>(caller: Caller, work: () => Promise<T>): Promise<T> => runAs(caller, work);
  const ann = person('ann');
  const ben = person('ben');
  const elsewhere = person('zoe', 'warwickshire');
  const on = (day: string): void => void (clock.instant = new Date(`${day}T12:00:00Z`));
  const execute = async <T>(command: object, caller = ann): Promise<T> => {
    const done: unknown = await as(caller, () => app.get(CommandBus).execute<never, unknown>(command as never));
    return done as T;
  };
  const ask = async <T>(query: object, caller = ann): Promise<T> => {
    const found: unknown = await as(caller, () => app.get(QueryBus).execute<never, unknown>(query as never));
    return found as T;
  };

  function aNotice(notice: Partial<NoticeRecorded> = {}): RecordNotice {
    const none = { caseReference: null, expectedEnd: null, reasons: null };
    const usual = { office: OFFICE, forceReference: 'co/77/25', startedOn: '2025-02-10', receivedOn: '2026-02-12' };
    return new RecordNotice({ ...usual, ...none, ...notice });
  }

  async function figure(key: string, from: string, to: string, asOf?: Date): Promise<number | null> {
    const { figures } = await ask<{ figures: { key: string; value: number | null }[] }>(
      new GetScrutinyFigures({ office: OFFICE, from, to, asOf }),
    );
    return figures.find((each) => each.key === key)?.value ?? null;
  }

  it('keeps a chain of notices, and shows the overdue ones first', async () => {
    const id = await execute<string>(aNotice({ reasons: 'Waiting for a forensic report', expectedEnd: '2026-05-01' }));
    const late = await execute<string>(new EnterInvestigation(OFFICE, 'CO/9/24', '2024-12-01'));
    expect(await execute<string>(new EnterInvestigation(OFFICE, 'CO/10/25', '2025-12-01'))).not.toBe(id);
    const list = await ask<{ items: { forceReference: string; isOverdue: boolean }[] }>(new ListInvestigations(ALL));
    expect(list.items.map(({ forceReference, isOverdue }) => [forceReference, isOverdue])).toEqual([
      ['CO/9/24', true],
      ['CO/77/25', false],
      ['CO/10/25', false],
    ]);
    const view = await ask<object>(new GetInvestigation(id));
    expect(view).toMatchObject({
      nextDueOn: '2026-08-10',
      chain: [
        { dueOn: '2026-02-10', state: 'late' },
        { dueOn: '2026-08-10', state: 'due' },
      ],
      received: [{ receivedOn: '2026-02-12', reasons: 'Waiting for a forensic report', expectedEnd: '2026-05-01' }],
    });
    expect(await ask(new CountScrutinyDue([OFFICE]))).toMatchObject({ noticesOverdue: 1 });
    await execute(new ChangeInvestigation(late, { what: 'strike', reason: 'Entered twice' }));
    expect(await ask(new CountScrutinyDue([OFFICE]))).toMatchObject({ noticesOverdue: 0 });
    // What is struck out makes room.
    await execute(new EnterInvestigation(OFFICE, 'CO/9/24', '2025-12-01'));
  });

  it('files a further notice on the investigation that is in the log, and pages the list', async () => {
    on('2026-08-12');
    const id = await execute<string>(aNotice({ startedOn: null, receivedOn: '2026-08-11' }));
    expect(await ask(new GetInvestigation(id))).toMatchObject({ notices: 2, nextDueOn: '2027-02-10' });
    await expect(execute(aNotice({ startedOn: '2025-01-01', receivedOn: '2026-08-12' }))).rejects.toMatchObject({
      errors: [{ pointer: '/startedOn' }],
    });
    type Lines = { items: { id: string }[]; next: readonly [string, string] | null };
    const first = await ask<Lines>(new ListInvestigations({ ...ALL, limit: 2 }));
    const second = await ask<Lines>(new ListInvestigations({ ...ALL, limit: 2, after: first.next }));
    expect(new Set([...first.items, ...second.items].map((line) => line.id)).size).toBe(3);
    expect(second.next).toBeNull();
  });

  it('counts notices as they were known at any time', async () => {
    // The first came on 12 February 2026 for the 10th, the second on 11 August for the 10th.
    expect(await figure('notices-received', '2026-01-01', '2026-12-31')).toBe(2);
    expect(await figure('notices-received', '2026-01-01', '2026-12-31', new Date('2026-03-02T12:00:00Z'))).toBe(1);
    expect(await figure('notices-due', '2026-01-01', '2026-06-30')).toBe(1);
    expect(await figure('notices-in-time', '2026-01-01', '2026-06-30')).toBe(0);
    expect(await figure('investigations-over-12-months', '2026-01-01', '2026-06-30')).toBe(1);
    const items = await ask<{ items: { label: string; on: string }[] }>(
      new ListScrutinyFigureItems({
        ...{ office: OFFICE, from: '2026-01-01', to: '2026-12-31', figure: 'notices-received', part: 'numerator' },
      }),
    );
    expect(items.items.map(({ label, on: day }) => [label, day])).toEqual([
      ['CO/77/25', '2026-02-12'],
      ['CO/77/25', '2026-08-11'],
    ]);
  });

  it('draws a sample once, so that anybody can check it, and takes it to the answer of the force', async () => {
    on('2026-09-01');
    const entries = Array.from({ length: 30 }, (_, index) => `co/${String(100 + index)}/25`);
    const population = { source: 'force-list', entries: [...entries, entries[0] ?? ''] } as const;
    const plan = {
      office: OFFICE,
      title: 'Files closed in spring',
      population,
      size: 4,
      sheet: 'force-complaint-file',
    };
    const id = await execute<string>(new PlanDipSample(plan));
    await execute(new DrawDipSample(id, '20260901'));
    await expect(execute(new DrawDipSample(id, null))).rejects.toThrow('drawn only once');
    const list = await ask<readonly string[]>(new GetSamplePopulation(id));
    type View = Record<string, unknown> & {
      populationHash: string;
      files: { place: number; reference: string }[];
      sheet: { questions: { key: string }[] };
    };
    const sample = await ask<View>(new GetDipSample(id));
    expect(list).toHaveLength(30);
    expect(populationHash(list)).toBe(sample.populationHash);
    const drawn = drawPlaces('20260901', 30, 4).map((place) => [place, list[place - 1]]);
    expect(sample.files.map(({ place, reference }) => [place, reference])).toEqual(drawn);

    await execute(new WorkOnDipSample(id, { what: 'replace', place: Number(drawn[0]?.[0]), reason: 'Still open' }));
    const answers = Object.fromEntries(sample.sheet.questions.map(({ key }) => [key, 'good']));
    for (const place of drawPlaces('20260901', 30, 5).slice(1))
      await execute(new ScoreSampledFile(id, place, answers, 'Fine'));
    await expect(execute(new WorkOnDipSample(id, { what: 'report', findings: 'Good' }))).rejects.toThrow(
      'second person',
    );
    await execute(new ScoreSampledFile(id, Number(drawn[1]?.[0]), { ...answers, contact: 'poor' }, null), ben);
    await execute(new WorkOnDipSample(id, { what: 'report', findings: 'Contact is recorded late' }));
    await execute(new WorkOnDipSample(id, { what: 'send-feedback', on: '2026-09-01', text: 'Please train' }));
    await execute(new WorkOnDipSample(id, { what: 'record-answer', on: '2026-09-01', text: 'We will' }));
    expect(await ask(new GetDipSample(id))).toMatchObject({
      ...{ stage: 'answered', title: 'Files closed in spring', inSample: 4, scored: 4, secondScored: 1 },
      ...{ findings: 'Contact is recorded late', feedback: 'Please train', answer: 'We will' },
      // Five scores of 45 points, less 6 for the contact that one called poor.
      result: { points: { reached: 5 * 45 - 6, possible: 5 * 45 } },
    });
    expect(await figure('dip-sample-files', '2026-09-01', '2026-09-30')).toBe(4);
  });

  it('refuses a population with a name in it, by its line', async () => {
    const population = { source: 'force-list', entries: ['CO/1/25', 'Jo Bloggs'] } as const;
    const plan = { office: OFFICE, title: '', population, size: 1, sheet: 'force-complaint-file' };
    await expect(execute(new PlanDipSample(plan))).rejects.toMatchObject({ errors: [{ pointer: '/population' }] });
    const named = { ...plan, population: { source: 'force-list', entries: [] } } as const;
    await expect(execute(new PlanDipSample({ ...named, sheet: 'none' }))).rejects.toMatchObject({
      errors: [{ pointer: '/sheet' }, { pointer: '/title' }],
    });
  });

  it('records the numbers of the panel with their source, and corrects them', async () => {
    const about = { office: OFFICE, from: '2026-04-01', to: '2026-06-30', obtainedOn: '2026-08-01' };
    const numbers = { received: 6, recorded: 4, 'referred-to-iopc': 1 };
    await execute(new RecordPanelNumbers({ ...about, numbers, source: 'Panel paper of July' }));
    await execute(
      new RecordPanelNumbers({ ...about, numbers: { ...numbers, received: 5 }, source: 'Corrected paper' }),
    );
    const { items } = await ask<{ items: object[] }>(new ListPanelNumbers(ALL));
    expect(items).toMatchObject([{ numbers: { received: 5 }, source: 'Corrected paper', versions: 2 }]);
    expect(await figure('panel-received', '2026-04-01', '2026-06-30')).toBe(5);
    // The panel has not said anything of that period: not nought.
    expect(await figure('panel-received', '2026-05-01', '2026-06-30')).toBeNull();
    const wrong = { ...about, from: '2026-07-01', to: '2027-06-30', numbers: { received: -1 }, source: '' };
    await expect(execute(new RecordPanelNumbers(wrong))).rejects.toMatchObject({
      errors: [{ pointer: '/to' }, { pointer: '/received' }, { pointer: '/source' }],
    });
  });

  it('logs referrals (R2.9), directions (R2.10) and meetings (R1.85) with their reasons and answers', async () => {
    const none = { forceReference: null, caseReference: null, answerBy: null };
    const taken = { office: OFFICE, on: '2026-08-20', reasons: 'Grave', ...none };
    const referral = await execute<string>(
      new TakeOversightAction({ ...taken, action: 'iopc-referral', ground: 'gravity', forceReference: 'co/5/26' }),
    );
    const direction = { ...taken, action: 'direction-to-comply', ground: 'duty-not-met', answerBy: '2026-08-25' };
    await execute(new TakeOversightAction(direction));
    await execute(
      new AnswerOversightAction(referral, { on: '2026-08-30', code: 'iopc-investigates', text: 'Taken on' }),
    );
    expect(await ask(new ListOversightActions(ALL))).toMatchObject({
      items: [{ action: 'direction-to-comply', isOverdue: true }],
    });
    const wrongGround = new TakeOversightAction({ ...direction, ground: 'gravity' });
    await expect(execute(wrongGround)).rejects.toMatchObject({ errors: [{ pointer: '/ground' }] });
    const meeting = await execute<string>(new PlanForceMeeting(OFFICE, '2026-08-31', ['dip-sample'], null));
    await execute(new HoldForceMeeting(meeting, '2026-08-31', 'All agreed'));
    expect(await ask(new GetForceMeeting(meeting))).toMatchObject({ heldOn: '2026-08-31', minutes: 'All agreed' });
    expect(await figure('iopc-referrals', '2026-08-01', '2026-08-31')).toBe(1);
    expect(await figure('meetings-held', '2026-08-01', '2026-08-31')).toBe(1);
  });

  it('shows another office nothing, and lets nobody begin anything there', async () => {
    const { items } = await ask<{ items: { id: string }[] }>(new ListInvestigations(ALL));
    const [first] = items;
    const foreign = await ask<{ items: unknown[] }>(new ListInvestigations(ALL), elsewhere);
    expect(foreign.items).toEqual([]);
    await expect(ask(new GetInvestigation(first?.id ?? ''), elsewhere)).rejects.toMatchObject({ kind: 'not-found' });
    const finalise = new ChangeInvestigation(first?.id ?? '', { what: 'finalise', on: '2026-08-31' });
    await expect(execute(finalise, elsewhere)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(execute(aNotice({ forceReference: 'CO/1/25' }), elsewhere)).rejects.toMatchObject({ kind: 'invalid' });
    const report = await ask<{ figures: { numerator: number }[] }>(
      new GetScrutinyFigures({ office: OFFICE, from: '2024-01-01', to: '2026-12-31' }),
      elsewhere,
    );
    expect(report.figures.every(({ numerator }) => numerator === 0)).toBe(true);
  });

  it('keeps each state exactly as its events tell it', async () => {
    const sql = <T>(query: string): Promise<T[]> =>
      as(systemCaller('test'), () => app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query)));
    const facts = await sql<HistoryFact>(
      `SELECT stream, office, type, data, false AS "isHidden" FROM event_log WHERE type LIKE 'scrutiny.%' ORDER BY stream, version`,
    );
    const rows = await sql<{ id: string; state: unknown }>(`SELECT id, state FROM scrutiny_record`);
    const folded = Object.values(foldHistory(facts)).flat() as { id: string; state: unknown }[];
    expect(folded.length).toBeGreaterThan(8);
    const byId = (records: { id: string; state: unknown }[]): Record<string, unknown> =>
      Object.fromEntries(records.map(({ id, state }) => [id, state]));
    expect(byId(rows)).toEqual(JSON.parse(JSON.stringify(byId(folded))));
  });

  it('never lets a population be changed', async () => {
    const change = (): Promise<unknown> =>
      as(ann, () =>
        app.get(UnitOfWork).run((manager) => manager.query(`UPDATE dip_sample_population SET reference = 'X1'`)),
      );
    await expect(change()).rejects.toThrow(/permission denied/);
  });
});
