import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { Clock } from '@app/kernel';
import { OfficesModule, officesContext } from '@app/offices';
import {
  EventStore,
  PlatformModule,
  ProjectionRunner,
  readConfig,
  runAs,
  Sequencer,
  systemCaller,
  UnitOfWork,
  type Caller,
} from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { GetTimeliness, type FigureReport } from './application/get-timeliness';
import { GetWorkload } from './application/get-workload';
import { ListCountedCases, type CountedCasesRequest } from './application/list-counted-cases';
import { InvalidFigureRequest, type FigureRequest } from './application/figure-request';
import { HISTORY_EVENTS } from './projections/fold-history';
import { anOpening, CaseLog, type CaseFact } from './testing/case-events';
import { FIGURES_FROM_THE_LOG } from './testing/figures-from-the-log';
import { inventedLives } from './testing/invented-lives';
import { timelinessContext, TimelinessModule } from './timeliness.module';

const OFFICES = ['warwickshire', 'west-mercia'];
const PERIOD = { from: '2026-03-09', to: '2026-04-30', offices: OFFICES };

class SettableClock extends Clock {
  instant = new Date('2026-06-30T12:00:00Z');
  now(): Date {
    return this.instant;
  }
}

describe('timeliness', () => {
  const clock = new SettableClock();
  const versions = new Map<string, number>();
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await createTestDatabase();
    const caseEvents = Object.fromEntries(HISTORY_EVENTS.map((type) => [type, { schemaVersion: 1 }]));
    app = await Test.createTestingModule({
      imports: [
        PlatformModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          contexts: [officesContext, { events: caseEvents, messages: [], entities: [] }, timelinessContext],
          onError: () => undefined,
          pools: { system: 3, requests: 3 },
        }),
        CqrsModule.forRoot(),
        OfficesModule,
        TimelinessModule,
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    await app.init();
    const lives = inventedLives(220, '2026-03-02');
    // Caught up at several moments: what is running must not differ from what is rebuilt at once.
    for (const [from, to] of [
      [0, 1],
      [1, 333],
      [333, 700],
      [700, lives.length],
    ] as const) {
      await record(lives.slice(from, to));
      await app.get(ProjectionRunner).catchUp('timeliness');
    }
    expect(lives.length).toBeGreaterThan(900);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  function sql<T>(query: string, parameters: unknown[] = []): Promise<T[]> {
    return runAs(systemCaller('test'), () =>
      app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, parameters)),
    );
  }

  async function record(facts: readonly CaseFact[]): Promise<void> {
    const before = clock.instant;
    for (const { stream, type, data, office, recordedAt } of facts) {
      clock.instant = recordedAt;
      const expectedVersion = versions.get(stream) ?? 0;
      versions.set(stream, expectedVersion + 1);
      await runAs(systemCaller('test'), () =>
        app.get(UnitOfWork).run(async () => {
          const event = { type, schemaVersion: 1, data, effectiveAt: recordedAt };
          await app.get(EventStore).append([{ stream, office, expectedVersion, events: [event] }]);
        }),
      );
    }
    clock.instant = before;
    while ((await app.get(Sequencer).number()) > 0);
  }

  const ask = (query: GetTimeliness | GetWorkload, caller: Caller = systemCaller('test')): Promise<FigureReport> =>
    runAs(caller, () => app.get(QueryBus).execute<GetTimeliness, FigureReport>(query));

  const timeliness = (request: FigureRequest): Promise<FigureReport> => ask(new GetTimeliness(request));

  /** Follows a link as the API does. */
  async function follow(link: string): Promise<string[]> {
    const query = new URL(link, 'http://localhost').searchParams;
    const request: CountedCasesRequest = {
      figure: query.get('figure') ?? '',
      part: query.get('part') === 'denominator' ? 'denominator' : 'numerator',
      from: query.get('from') ?? '',
      to: query.get('to') ?? '',
      offices: query.getAll('office'),
      by: (query.get('by') ?? undefined) as CountedCasesRequest['by'],
      group: query.get('group') ?? undefined,
      asOf: new Date(query.get('asOf') ?? ''),
      limit: 40,
    };
    const references: string[] = [];
    let cursor: string | undefined;
    do {
      const query = new ListCountedCases({ ...request, cursor });
      const page = await runAs(systemCaller('test'), () => app.get(QueryBus).execute(query));
      references.push(...page.items.map((item) => String(item.reference)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(references).size).toBe(references.length);
    return references;
  }

  const history = (): Promise<unknown[]> => sql(`SELECT * FROM timeliness_history ORDER BY case_id, position`);

  it('is rebuilt from the first event to the very rows that run', async () => {
    const running = await history();
    expect(running.length).toBeGreaterThan(700);
    await app.get(ProjectionRunner).rebuild('timeliness');
    expect(await history()).toEqual(running);
  });

  it.each([
    '2026-03-30T10:00:00.000Z',
    '2026-04-15T22:59:59.999Z',
    '2026-04-15T23:00:00.000Z',
    '2026-06-30T12:00:00.000Z',
  ])('agrees with figures counted from the event log as of %s', async (instant) => {
    const { figures, asOf } = await timeliness({ ...PERIOD, asOf: new Date(instant) });
    expect(asOf).toBe(instant);
    const [expected] = await sql<Record<string, string>>(FIGURES_FROM_THE_LOG, [
      instant,
      OFFICES,
      PERIOD.from,
      PERIOD.to,
    ]);
    const counted = Object.fromEntries(
      figures.flatMap(({ key, numerator, denominator }) => [
        [`${key} counted`, String(numerator)],
        [`${key} out of`, String(denominator)],
      ]),
    );
    expect(counted).toMatchObject(expected ?? {});
    expect(Object.values(expected ?? {}).filter((value) => Number(value) > 0).length).toBeGreaterThan(8);
    const values = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    const [measured] = await sql<Record<string, number>>(
      // Bank holidays by hand: an independent count of working days.
      `WITH answered AS (
           SELECT (SELECT count(*)::int FROM generate_series(waiting_since + 1, answered_on, '1 day') d
                    WHERE extract(isodow FROM d) < 6 AND d::date NOT IN ('2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25')) AS gross,
                  (SELECT count(*)::int FROM generate_series(waiting_since + 1, answered_on, '1 day') d
                    WHERE extract(isodow FROM d) < 6 AND d::date NOT IN ('2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25')
                      AND NOT EXISTS (SELECT FROM jsonb_to_recordset(pauses) AS p("from" date, "to" date)
                                       WHERE d >= p."from" AND (p."to" IS NULL OR d < p."to"))) AS net
             FROM timeliness_history
            WHERE recorded_from <= $1 AND (recorded_to IS NULL OR recorded_to > $1)
              AND counted AND answered_on BETWEEN $2 AND $3)
         SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY gross) AS "median-working-days",
                percentile_cont(0.5) WITHIN GROUP (ORDER BY net) AS "median-working-days-net",
                percentile_disc(0.9) WITHIN GROUP (ORDER BY gross) AS "p90-working-days",
                percentile_disc(0.9) WITHIN GROUP (ORDER BY net) AS "p90-working-days-net" FROM answered`,
      [instant, PERIOD.from, PERIOD.to],
    );
    expect(values).toMatchObject(measured ?? {});
    const ofOpen = figures.filter(({ key }) => key.startsWith('open-'));
    expect(ofOpen.reduce((sum, { numerator }) => sum + numerator, 0)).toBe(values.open);
  });

  it.each([undefined, 'office', 'category', 'person'] as const)(
    'lists exactly the cases that each figure counts, by %s',
    async (by) => {
      const asOf = new Date('2026-04-22T09:00:00Z');
      const reports = [await timeliness({ ...PERIOD, asOf, by }), await ask(new GetWorkload({ ...PERIOD, asOf, by }))];
      for (const figure of reports.flatMap(({ figures }) => figures)) {
        const all = await follow(figure.denominatorCases);
        const counted = await follow(figure.cases);
        expect([figure.key, counted.length, all.length]).toEqual([figure.key, figure.numerator, figure.denominator]);
        expect(all).toEqual(expect.arrayContaining(counted));
        const inGroups: string[] = [];
        for (const group of figure.groups) {
          const own = await follow(group.denominatorCases);
          expect([figure.key, group.group, own.length]).toEqual([figure.key, group.group, group.denominator]);
          expect(await follow(group.cases)).toHaveLength(group.numerator);
          inGroups.push(...own);
        }
        expect(inGroups.sort()).toEqual([...all].sort());
      }
    },
    60_000,
  );

  it('counts every week of the period, also an empty one', async () => {
    const { figures } = await ask(new GetWorkload({ ...PERIOD, from: '2026-02-25' }));
    const weekly = figures.find(({ key }) => key === 'received-per-week');
    expect(weekly?.groups.map(({ group }) => group)).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
      '2026-04-06',
      '2026-04-13',
      '2026-04-20',
      '2026-04-27',
    ]);
    expect(weekly?.groups[0]?.value).toBe(0);
    expect(weekly?.groups.reduce((sum, { numerator }) => sum + numerator, 0)).toBe(weekly?.value);
  });

  it('gives the figures of a past instant again after more has happened', async () => {
    const request = { ...PERIOD, asOf: new Date('2026-06-30T11:59:59Z'), by: 'office' as const };
    const before = await timeliness(request);
    clock.instant = new Date('2026-07-01T12:00:00Z');
    const id = 'aaaaaaaa-0000-4000-8000-000000000001';
    const log = new CaseLog().add(id, '2026-06-30T12:00:00Z', 'casework.case-opened', {
      ...anOpening(id, { receivedOn: '2026-04-01' }),
    });
    await record(log.facts);
    const received = async (): Promise<FigureReport['figures'][0] | undefined> =>
      (await timeliness(PERIOD)).figures.find(({ key }) => key === 'received');
    const notYet = await timeliness(PERIOD);
    // Recorded, but not yet in the read model: the answer says up to when it is complete.
    expect(notYet.asOf).toBe('2026-06-30T11:59:59.999Z');
    await app.get(ProjectionRunner).catchUp('timeliness');
    expect(await timeliness(request)).toEqual(before);
    expect((await received())?.numerator).toBe((notYet.figures[0]?.numerator ?? 0) + 1);
  });

  it('shows nobody the cases of another office', async () => {
    const caller: Caller = {
      actor: { kind: 'person', id: 'ann' },
      role: 'manager',
      offices: ['west-mercia'],
      system: false,
      correlationId: 'test',
      causationId: null,
    };
    const own = await ask(new GetTimeliness({ ...PERIOD, by: 'office' }), caller);
    expect(own.figures[0]?.groups.map(({ group }) => group)).toEqual(['west-mercia']);
    expect(own).toEqual(await timeliness({ ...PERIOD, offices: ['west-mercia'], by: 'office' }));
  });

  it.each([
    ['/to', { ...PERIOD, to: '2026-03-01' }],
    ['/from', { ...PERIOD, from: '2026-02-30' }],
    ['/asOf', { ...PERIOD, asOf: new Date('never') }],
    ['/by', { ...PERIOD, by: 'colour' as never }],
  ])('refuses a request with a wrong %s', async (pointer, request) => {
    const error: unknown = await Promise.resolve()
      .then(() => timeliness(request))
      .catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(InvalidFigureRequest);
    expect((error as InvalidFigureRequest).errors.map((each) => each.pointer)).toEqual([pointer]);
  });

  it.each([
    ['/figure', { figure: 'nonsense' }],
    ['/cursor', { cursor: 'nonsense' }],
    ['/by', { by: 'week' as const }],
  ])('refuses a list with a wrong %s', async (pointer, changes) => {
    const request = { ...PERIOD, figure: 'open', part: 'numerator' as const, ...changes };
    const error: unknown = await Promise.resolve()
      .then(() => runAs(systemCaller('test'), () => app.get(QueryBus).execute(new ListCountedCases(request))))
      .catch((refusal: unknown) => refusal);
    expect((error as InvalidFigureRequest).errors.map((each) => each.pointer)).toEqual([pointer]);
  });
});
