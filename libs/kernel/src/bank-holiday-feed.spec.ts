import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { InvalidBankHolidayFeed, parseGovUkBankHolidays } from './bank-holiday-feed';

type Feed = Record<string, { division: string; events: Record<string, unknown>[] }>;

const shipped = readFileSync(join(__dirname, '../../offices/src/seed/bank-holidays.json'), 'utf8');

function feed(): Feed {
  const part = (division: string): Feed[string] => ({
    division,
    events: [{ title: 'Christmas Day', date: '2026-12-25', notes: '', bunting: true }],
  });
  return {
    'england-and-wales': part('england-and-wales'),
    scotland: part('scotland'),
    'northern-ireland': part('northern-ireland'),
  };
}

function errorsOf(json: unknown): InvalidBankHolidayFeed['errors'] {
  try {
    parseGovUkBankHolidays(json);
  } catch (error) {
    if (error instanceof InvalidBankHolidayFeed) return error.errors;
    throw error;
  }
  return [];
}

describe('reading the bank holidays of GOV.UK', () => {
  it('takes all that the shipped file holds, in order of date', () => {
    const holidays = parseGovUkBankHolidays(JSON.parse(shipped));
    const events = Object.values(JSON.parse(shipped) as Feed).flatMap((part) => part.events);
    expect(holidays).toHaveLength(events.length);
    expect(holidays.map((each) => each.date)).toEqual(events.map((each) => each['date']).sort());
    expect(holidays).toContainEqual({ division: 'scotland', date: '2026-06-15', title: 'World Cup bank holiday' });
  });

  it('says that a substitute day is one', () => {
    expect(parseGovUkBankHolidays(JSON.parse(shipped))).toContainEqual({
      division: 'england-and-wales',
      date: '2026-12-28',
      title: 'Boxing Day (substitute day)',
    });
  });

  it('refuses a feed without one of the three parts of the country', () => {
    const { scotland, ...others } = feed();
    expect(scotland).toBeDefined();
    expect(errorsOf(others)).toEqual([
      { pointer: '/scotland/events', message: 'must be a list of at least one bank holiday' },
    ]);
  });

  it.each([
    ['a day that does not exist', { title: 'Leap day', date: '2026-02-29' }, '/scotland/events/1/date'],
    ['a day in another form', { title: 'New Year’s Day', date: '1/1/2027' }, '/scotland/events/1/date'],
    ['no title', { date: '2027-01-01' }, '/scotland/events/1/title'],
    ['an endless title', { title: 'x'.repeat(201), date: '2027-01-01' }, '/scotland/events/1/title'],
    ['the same day twice', { title: 'Christmas', date: '2026-12-25' }, '/scotland/events/1/date'],
  ])('names the place of %s', (_, event, pointer) => {
    const json = feed();
    json['scotland']?.events.push(event);
    expect(errorsOf(json).map((each) => each.pointer)).toEqual([pointer]);
  });

  it('refuses a list that was emptied, so that no bank holiday becomes a working day by accident', () => {
    const json = feed();
    json['england-and-wales']?.events.splice(0);
    expect(() => parseGovUkBankHolidays(json)).toThrow('/england-and-wales/events must be a list');
  });

  it('names at most twenty places', () => {
    const json = feed();
    json['scotland']?.events.push(...Array.from({ length: 500 }, () => ({})));
    expect(errorsOf(json)).toHaveLength(20);
  });

  it('either reads any JSON or says what is wrong', () => {
    const broken = fc.record({
      'england-and-wales': fc.oneof(fc.jsonValue(), fc.record({ events: fc.jsonValue() })),
      scotland: fc.record({
        events: fc.array(fc.oneof(fc.jsonValue(), fc.record({ title: fc.string(), date: fc.string() }))),
      }),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), broken), (json) => {
        expect(errorsOf(json).length).toBeGreaterThan(0);
      }),
    );
  });
});
