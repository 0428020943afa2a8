import { randomUUID } from 'node:crypto';
import { QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { CompositionModule } from '@app/composition';
import { Clock, addDays, londonDate } from '@app/kernel';
import { LogVerifier, ProjectionRunner, UnitOfWork, readConfig, runAs, systemCaller } from '@app/platform';
import { GetReviewFigures, ListCountedReviews, type ReviewFigureReport } from '@app/review-figures';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { DemoModule } from './demo.module';
import { PROFILES } from './history/arrivals';
import { demonstrationPlan, HistoryWriter } from './history/history-writer';
import { recount } from './testing/figures-from-the-reviews';

const END = new Date('2026-11-20T15:00:00Z');
const YEAR = { from: '2025-11-21', to: '2026-11-20' };
const OFFICES = PROFILES.map(({ office }) => office);

class FixedClock extends Clock {
  now(): Date {
    return END;
  }
}

describe('a year of reviews of four offices', () => {
  let database: TestDatabase;
  let app: TestingModule;

  const asSystem = <T>(work: () => Promise<T>): Promise<T> => runAs(systemCaller('test'), work);
  const rows = <T>(sql: string, parameters: unknown[] = []): Promise<T[]> =>
    asSystem(() => app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(sql, parameters)));
  const figures = (offices: readonly string[], asOf?: Date): Promise<ReviewFigureReport> =>
    asSystem(() => app.get(QueryBus).execute(new GetReviewFigures({ ...YEAR, offices, by: 'handling', asOf })));
  const value = (report: ReviewFigureReport, key: string): number =>
    report.figures.find((figure) => figure.key === key)?.numerator ?? Number.NaN;

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
        DemoModule,
      ],
    })
      .overrideProvider(Clock)
      .useValue(new FixedClock())
      .compile();
    await app.init();
    // The reviews of the demonstration with few letters beside them.
    const plan = demonstrationPlan(END);
    const profiles = plan.profiles.map((each) => ({ ...each, lettersAYear: 24, campaign: null, exceptional: null }));
    await asSystem(() => app.get(HistoryWriter).write({ ...plan, from: addDays(londonDate(END), -420), profiles }));
    await asSystem(() => app.get(ProjectionRunner).catchUp('review-figures'));
  }, 120_000);

  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('has about 430 applications, in the published proportions', async () => {
    const report = await figures(OFFICES);
    const received = value(report, 'received');
    expect(received).toBeGreaterThan(400);
    expect(received).toBeLessThan(460);
    const ofRequests = (key: string): number => value(report, key) / received;
    expect(ofRequests('upheld')).toBeGreaterThan(0.11);
    expect(ofRequests('upheld')).toBeLessThan(0.18);
    expect(value(report, 'upheld') / value(report, 'completed')).toBeCloseTo(0.2, 1);
    expect(value(report, 'not-upheld-with-feedback') / value(report, 'completed')).toBeCloseTo(0.36, 1);
    expect(ofRequests('invalid-out-of-time')).toBeCloseTo(0.065, 1);
    expect(ofRequests('invalid-insufficient-information')).toBeCloseTo(0.11, 1);
    expect(ofRequests('forwarded')).toBeCloseTo(0.06, 1);
    expect(value(report, 'withdrawn')).toBeGreaterThan(0);
    expect(value(report, 'overdue')).toBeGreaterThan(0);
    expect(value(report, 'paused')).toBeGreaterThan(0);
  });

  it('makes a review of every case of that kind, and has one open at every stage', async () => {
    expect(
      await rows(`SELECT c.reference FROM case_file c LEFT JOIN review r ON r.case_id = c.id
        WHERE c.kind = 'review' AND r.case_id IS NULL`),
    ).toEqual([]);
    const stages = await rows<{ stage: string }>(`SELECT DISTINCT stage FROM review`);
    expect(stages.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining([
        ...['received', 'valid', 'papers-requested', 'papers-received', 'in-review', 'quality-check', 'checked'],
        ...['decided', 'issued', 'closed', 'invalid', 'forwarded', 'withdrawn'],
      ]),
    );
    const same = await rows<{ own: number }>(
      `SELECT count(*)::int AS own FROM review WHERE state #>> '{qualityCheck,checkedBy}' = reviewer`,
    );
    expect(same).toEqual([{ own: 0 }]);
  });

  it.each(OFFICES)(
    'counts in %s what an independent query counts, figure by figure and by handling',
    async (office) => {
      const report = await figures([office]);
      const expected = await recount((sql, parameters) => rows(sql, parameters), { ...YEAR, office, today: YEAR.to });
      const found = report.figures.flatMap(({ key, value: all, numerator, denominator, groups }) => [
        { figure: key, handling: null, value: all, numerator, denominator },
        ...groups.map((each) => ({
          figure: key,
          handling: each.group,
          value: each.value,
          numerator: each.numerator,
          denominator: each.denominator,
        })),
      ]);
      for (const each of found) {
        const key = `${each.figure} ${each.handling ?? ''}`;
        expect([key, expected.get(key)]).toEqual([
          key,
          { value: each.value, numerator: each.numerator, denominator: each.denominator },
        ]);
      }
      expect([...expected].filter(([, each]) => each.denominator > 0)).toHaveLength(
        found.filter(({ denominator }) => denominator > 0).length,
      );
    },
  );

  it('lists exactly the reviews that each figure counts', async () => {
    const report = await figures(OFFICES);
    for (const { key, numerator, denominator } of report.figures) {
      for (const [part, count] of [
        ['numerator', numerator],
        ['denominator', denominator],
      ] as const) {
        const request = { ...YEAR, offices: OFFICES, figure: key, part, limit: 200 };
        let listed = 0;
        for (let cursor: string | undefined = '0'; cursor !== undefined;) {
          const page = await asSystem(() =>
            app.get(QueryBus).execute(new ListCountedReviews({ ...request, cursor: cursor ?? '0' })),
          );
          listed += page.items.reduce((sum, { times }) => sum + times, 0);
          cursor = page.nextCursor ?? undefined;
        }
        expect([key, part, listed]).toEqual([key, part, count]);
      }
    }
  }, 60_000);

  it('says of a past day what was known then', async () => {
    const then = new Date('2026-06-30T22:59:59Z');
    const past = await figures(OFFICES, then);
    const [known] = await rows<{ received: number; decided: number }>(
      `SELECT (SELECT count(*)::int FROM event_log e WHERE e.type = 'reviews.review-opened' AND e.recorded_at <= $1
                 AND (e.data ->> 'receivedOn')::date BETWEEN $2 AND $3) AS received,
              (SELECT count(*)::int FROM event_log e WHERE e.type = 'reviews.decided' AND e.recorded_at <= $1
                 AND (e.data ->> 'on')::date BETWEEN $2 AND $3) AS decided`,
      [then, YEAR.from, YEAR.to],
    );
    expect({ received: value(past, 'received'), decided: value(past, 'completed') }).toEqual(known);
    expect(value(past, 'open')).not.toBe(value(await figures(OFFICES), 'open'));
    expect((await figures(OFFICES, then)).figures).toEqual(past.figures);
  });

  it('brings the figures to where a rebuild brings them, and leaves a whole chain', async () => {
    const runner = app.get(ProjectionRunner);
    const sum = `SELECT md5(string_agg(t::text, '|' ORDER BY case_id, position)) AS sum FROM review_history t`;
    const live = await rows(sum);
    await asSystem(() => runner.rebuild('review-figures', 333));
    expect(await rows(sum)).toEqual(live);
    expect(await asSystem(() => app.get(LogVerifier).verify())).toMatchObject({ ok: true });
  }, 60_000);
});
