import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

// A process takes its time zone at start, so each zone needs one of its own; it compiles the sources as the build does.
const script = `
  const { transformFileSync } = require('@swc/core');
  require.extensions['.ts'] = (module, file) => module._compile(transformFileSync(file, {
    swcrc: false, jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' },
  }).code, file);
  const london = require('./london-time.ts');
  const { countDeadline } = require('./deadline.ts');
  const { defaultPolicy } = require('./deadline-policy.ts');
  const { HolidayCalendar } = require('./holiday-calendar.ts');
  const calendar = new HolidayCalendar({ version: 1, holidays: [
    { division: 'england-and-wales', date: '2026-04-06', title: 'Easter Monday' },
  ] });
  const instants = ['2026-03-29T00:59:59Z', '2026-03-29T23:00:00Z', '2026-06-30T23:30:00Z', '2026-10-25T01:30:00Z', '2026-12-31T23:59:59Z'];
  console.log(JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    localHour: new Date('2026-06-30T12:00:00Z').getHours(),
    results: [
      instants.map((instant) => new Date(instant)).map((at) => [london.londonDate(at), london.londonDateTimeInWords(at)]),
      ['2026-03-29', '2026-06-30', '2026-10-25'].map((day) => [london.startOfLondonDay(day), london.endOfLondonDay(day), london.dayInWords(day), london.addDays(day, 200)]),
      ['working-days', 'calendar-days', 'calendar-months'].map((unit) => countDeadline(defaultPolicy(unit, 7, 'england-and-wales'), '2026-03-27', calendar)),
    ],
  }));`;

interface Outcome {
  readonly zone: string;
  readonly localHour: number;
  readonly results: readonly unknown[];
}

function runIn(timeZone: string): Outcome {
  const child = execFileSync(process.execPath, ['-e', script], {
    cwd: join(__dirname),
    env: { ...process.env, TZ: timeZone, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  return JSON.parse(child) as Outcome;
}

describe('the time zone of the machine', () => {
  it('changes no London day and no deadline', () => {
    const [london, newYork, kiritimati] = [
      runIn('Europe/London'),
      runIn('America/New_York'),
      runIn('Pacific/Kiritimati'),
    ];
    expect([london.localHour, newYork.localHour, kiritimati.localHour]).toEqual([13, 8, 2]);
    expect(newYork.results).toEqual(london.results);
    expect(kiritimati.results).toEqual(london.results);
  });
});
