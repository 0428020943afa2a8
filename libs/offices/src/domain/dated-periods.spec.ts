import { addDays } from '@app/kernel';
import fc from 'fast-check';
import { applyVersions, changeFrom, endAfter, periodOn, saysTheSame, type Period } from './dated-periods';

const START = '2026-01-01';
const HORIZON = 60;
const days = Array.from({ length: HORIZON + 40 }, (_, at) => addDays(START, at));
const dayAt = (offset: number): string => addDays(START, offset);

type Step =
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'change'; readonly ahead: number; readonly data: number; readonly length: number | null }
  | { readonly kind: 'end'; readonly ahead: number }
  | { readonly kind: 'retire' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 5 }) }),
  fc.record({
    kind: fc.constant('change' as const),
    ahead: fc.integer({ min: 0, max: 12 }),
    data: fc.integer({ min: 1, max: 1000 }),
    length: fc.option(fc.integer({ min: 0, max: 15 })),
  }),
  fc.record({ kind: fc.constant('end' as const), ahead: fc.integer({ min: 0, max: 12 }) }),
  fc.record({ kind: fc.constant('retire' as const) }),
);

/** What an entry says on each day, told the simple way: a list of days. */
class Model {
  readonly days: (number | null)[] = Array.from({ length: HORIZON + 40 }, () => null);
  /** The days on which a period begins: a change ends where the next planned one starts. */
  starts = new Set<number>();

  change(from: number, data: number, length: number | null): void {
    const held = this.days[from] ?? null;
    const isGap = held === null;
    const last = isGap && length !== null ? from + length : this.days.length - 1;
    this.starts.add(from);
    for (let day = from; day <= last; day++) {
      if (day > from && (this.starts.has(day) || (!isGap && this.days[day] === null))) break;
      this.days[day] = data;
    }
  }

  endAfter(last: number): void {
    for (let day = last + 1; day < this.days.length; day++) this.days[day] = null;
    this.starts = new Set([...this.starts].filter((day) => day <= last));
  }
}

describe('the dates of effect of an entry', () => {
  it('give one answer for each day, and no decision changes a day that has passed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let periods: Period[] = [];
        const model = new Model();
        let today = 0;
        for (const each of steps) {
          const before = periods;
          if (each.kind === 'wait') today += each.days;
          if (today > HORIZON) break;
          if (each.kind === 'change') {
            const from = today + each.ahead;
            const last = each.length === null ? null : dayAt(from + each.length);
            periods = applyVersions(periods, changeFrom(periods, dayAt(from), each.data, last));
            model.change(from, each.data, each.length);
          }
          if (each.kind === 'end' || each.kind === 'retire') {
            const last = each.kind === 'end' ? today + each.ahead : today - 1;
            periods = applyVersions(periods, endAfter(periods, dayAt(last)));
            model.endAfter(last);
          }
          const all = days.map((day) => periods.filter((period) => periodOn([period], day)).map(({ data }) => data));
          expect(all).toEqual(model.days.map((data) => (data === null ? [] : [data])));
          const past = days.slice(0, today);
          expect(all.slice(0, today).map(([data]) => data)).toEqual(past.map((day) => periodOn(before, day)?.data));
          for (const { validFrom, validTo } of periods) expect(validTo === null || validFrom <= validTo).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('let a planned change stand when something changes before it', () => {
    const first = applyVersions([], changeFrom([], '2026-01-01', 'a'));
    const planned = applyVersions(first, changeFrom(first, '2026-06-01', 'c'));
    expect(applyVersions(planned, changeFrom(planned, '2026-03-01', 'b'))).toEqual([
      { validFrom: '2026-01-01', validTo: '2026-02-28', data: 'a' },
      { validFrom: '2026-03-01', validTo: '2026-05-31', data: 'b' },
      { validFrom: '2026-06-01', validTo: null, data: 'c' },
    ]);
  });

  it('knows a change that changes nothing, whatever the order of its fields', () => {
    const periods = [{ validFrom: '2026-01-01', validTo: null, data: { a: 1, b: [2] } }];
    expect(saysTheSame(periods, '2026-02-01', { b: [2], a: 1 })).toBe(true);
    expect(saysTheSame(periods, '2026-02-01', { b: [2, 3], a: 1 })).toBe(false);
    expect(saysTheSame(periods, '2025-12-31', { b: [2], a: 1 })).toBe(false);
  });
});
