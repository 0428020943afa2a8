import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { accessContext } from '@app/access';
import { Clock } from '@app/kernel';
import { Calendars, OfficesModule, officesContext } from '@app/offices';
import { EventHistory, LogVerifier, PlatformModule, readConfig, runAs, systemCaller, UnitOfWork } from '@app/platform';
import { createTestDatabase } from '../../../../../test/setup/database';
import { foldHistory, type HistoryFact } from '../../domain/figures/recorded-history';
import { scrutinyContext, ScrutinyModule } from '../../scrutiny.module';
import { GetScrutinyFigures } from '../queries/get-scrutiny-figures';
import { ScrutinySettings } from '../scrutiny-settings';
import { demonstrationScrutiny } from './demonstration-scrutiny';

const END = new Date('2026-11-20T15:00:00Z');
const OFFICES = ['west-mercia', 'west-midlands', 'warwickshire', 'staffordshire'];

class EndOfHistory extends Clock {
  now(): Date {
    return END;
  }
}

describe('two years of oversight for the demonstration', () => {
  it('are recorded as they happened, in every office, and add up', async () => {
    const database = await createTestDatabase();
    const contexts = [accessContext, officesContext, scrutinyContext];
    const pools = { system: 3, requests: 3 };
    const platform = { config: readConfig({}), databaseUrl: database.url, contexts, onError: () => undefined, pools };
    const app = await Test.createTestingModule({
      imports: [PlatformModule.register(platform), CqrsModule.forRoot(), OfficesModule, ScrutinyModule],
    })
      .overrideProvider(Clock)
      .useClass(EndOfHistory)
      .compile();
    await app.init();
    await runAs(systemCaller('demonstration'), async () => {
      const settings = app.get(ScrutinySettings);
      const [sheet] = await settings.sheets('west-mercia');
      if (!sheet) throw new Error('No sheet');
      let [seed, id] = [7, 0];
      const plan = {
        ...{ from: '2024-11-20', end: END, calendar: await app.get(Calendars).current() },
        ...{ rule: await settings.chainRule('west-mercia'), sheet },
        measures: (await settings.list('panel-measures', 'west-mercia')).map(({ key }) => key),
        offices: OFFICES.map((office) => ({
          office,
          reviewManager: 'wren',
          second: office === 'west-mercia' ? 'maya' : null,
        })),
        random: () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647,
      };
      const newId = (): string => `00000000-0000-4000-8000-${String(id++).padStart(12, '0')}`;
      await app.get(EventHistory).write({ parents: ['scrutiny_record'], newId }, async (log) => {
        const past = demonstrationScrutiny(log, plan);
        for (const { happens } of [...past.moments].sort((a, b) => a.at.getTime() - b.at.getTime())) happens();
        past.finish();
        return Promise.resolve();
      });
      const sql = <T>(query: string): Promise<T[]> =>
        app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query));
      const facts = await sql<HistoryFact>(
        `SELECT stream, office, type, data, false AS "isHidden" FROM event_log WHERE type LIKE 'scrutiny.%' ORDER BY stream, version`,
      );
      const folded = foldHistory(facts);
      const rows = await sql<{ id: string; state: unknown }>(`SELECT id, state FROM scrutiny_record`);
      const all = Object.values(folded).flat() as { id: string; state: unknown }[];
      const byId = (records: { id: string; state: unknown }[]): unknown =>
        JSON.parse(JSON.stringify(Object.fromEntries(records.map((record) => [record.id, record.state]))));
      expect(byId(rows)).toEqual(byId(all));
      expect((await app.get(LogVerifier).verify()).firstBroken).toBeNull();
      for (const office of OFFICES) {
        const drawn = folded.samples.filter((sample) => sample.office === office && sample.state.drawnOn !== null);
        expect([office, drawn.length]).toEqual([office, 4]);
        const request = { office, from: '2024-11-20', to: '2026-11-20' };
        const { figures } = await app.get(QueryBus).execute(new GetScrutinyFigures(request));
        const value = (key: string): number => figures.find((figure) => figure.key === key)?.value ?? 0;
        expect(value('notices-received')).toBeGreaterThan(8);
        expect(value('notices-overdue')).toBeGreaterThan(0);
        expect(value('panel-received')).toBeGreaterThan(5);
        expect(value('meetings-held')).toBeGreaterThan(6);
        expect(value('dip-sample-score')).toBeGreaterThan(0.3);
      }
    });
    await app.close();
    await database.drop();
  }, 60_000);
});
