import fc from 'fast-check';
import { addDays } from '@app/kernel';
import { expectApplications, expectOpen, quantile, ratePerWeek, willPass } from './forecast';

const TODAY = '2026-11-20';

/** One application on every so-many-th day of the last days. */
function every(step: number, days: number): string[] {
  return Array.from({ length: Math.floor(days / step) }, (_, index) => addDays(TODAY, -index * step));
}

describe('the forecast of reviews', () => {
  it('expects of a steady office what it always had', () => {
    const since = addDays(TODAY, -800);
    const { expected, low, high } = expectApplications([...every(7, 800), ...every(7, 800)], TODAY, 4, since);
    expect(expected).toBeCloseTo(8, 0);
    expect(low).toBeLessThan(8);
    expect(high).toBeGreaterThan(8);
  });

  it('expects nothing where nothing is known, and nothing certain of a single application', () => {
    expect(expectApplications([], TODAY, 4, TODAY)).toEqual({ weeks: 4, expected: 0, low: 0, high: 0 });
    const single = expectApplications([addDays(TODAY, -3)], TODAY, 13, addDays(TODAY, -364));
    expect(single.low).toBe(0);
    expect(single.high).toBeGreaterThanOrEqual(1);
  });

  it('moves towards the same weeks of last year', () => {
    const since = addDays(TODAY, -800);
    const steady = every(7, 800);
    const rush = Array.from({ length: 30 }, (_, index) => addDays(TODAY, -364 + 1 + (index % 27)));
    const usual = expectApplications(steady, TODAY, 4, since);
    const seasonal = expectApplications([...steady, ...rush], TODAY, 4, since);
    expect(seasonal.expected).toBeGreaterThan(usual.expected * 1.5);
  });

  it('keeps what is expected within the range, and both grow with what came in', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.constantFrom(4 / 52, 13 / 52), (seen, exposure) => {
        const [low, high] = [quantile(seen, exposure, 0.1), quantile(seen, exposure, 0.9)];
        expect(low).toBeLessThanOrEqual(Math.ceil((seen + 0.5) * exposure));
        expect(high).toBeGreaterThanOrEqual(Math.floor(seen * exposure));
        expect(quantile(seen + 50, exposure, 0.9)).toBeGreaterThanOrEqual(high);
      }),
    );
  });

  it('holds eight in ten of the periods that chance gives', () => {
    // A small generator with a fixed start: the test tells the same every time.
    let state = 42;
    const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    const poisson = (mean: number): number => {
      let count = 0;
      for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
      return count;
    };
    let within = 0;
    for (let round = 0; round < 600; round++) {
      const seen = poisson(90);
      const next = poisson((90 / 52) * 13);
      if (next >= quantile(seen, 13 / 52, 0.1) && next <= quantile(seen, 13 / 52, 0.9)) within += 1;
    }
    expect(within / 600).toBeGreaterThan(0.78);
    expect(within / 600).toBeLessThan(0.93);
  });

  it('never expects less than nothing to be open', () => {
    expect(expectOpen(10, 8, 1.5, 4)).toBe(12);
    expect(expectOpen(3, 1, 5, 13)).toBe(0);
  });

  it('names those that will pass their day when they are decided one after another', () => {
    const waiting = [
      { caseId: 'c', decideBy: '2026-11-27' },
      { caseId: 'a', decideBy: '2026-11-19' },
      { caseId: 'b', decideBy: '2026-11-23' },
    ];
    // Two a week: on 24 and 27 November and on 1 December.
    const late = willPass(waiting, TODAY, 2);
    expect(late).toEqual([
      { caseId: 'a', decideBy: '2026-11-19', expectedOn: '2026-11-24' },
      { caseId: 'b', decideBy: '2026-11-23', expectedOn: '2026-11-27' },
      { caseId: 'c', decideBy: '2026-11-27', expectedOn: '2026-12-01' },
    ]);
    expect(willPass(waiting, TODAY, 7).map(({ caseId }) => caseId)).toEqual(['a']);
    expect(willPass(waiting, TODAY, 0).map(({ expectedOn }) => expectedOn)).toEqual([null, null, null]);
  });

  it('takes the rate from the last weeks only', () => {
    const days = [addDays(TODAY, -200), addDays(TODAY, -80), addDays(TODAY, -1), TODAY];
    expect(ratePerWeek(days, TODAY)).toBeCloseTo(3 / 13);
  });
});
