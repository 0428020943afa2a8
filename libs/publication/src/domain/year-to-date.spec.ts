import fc from 'fast-check';
import type { PublishedFigure } from './published-figure';
import { basisInWords, measureInWords, numberInWords, type ShownFigure } from './shown-figure';
import { withYearToDate } from './year-to-date';

const RULE = { smallestCount: 5, smallestBase: 5 };
const figure = (numbers: Partial<PublishedFigure> & Pick<PublishedFigure, 'key'>): PublishedFigure => ({
  theme: 'Complaint reviews',
  title: numbers.key,
  definition: 'What it counts.',
  unit: 'number',
  value: 0,
  base: null,
  caseLink: null,
  splitBy: [],
  ...numbers,
});
const count = (key: string, value: number): PublishedFigure => figure({ key, value });
const share = (key: string, value: number, base: number): PublishedFigure =>
  figure({ key, unit: 'share', value, base });
const first = (figures: readonly ShownFigure[]): ShownFigure => figures[0] as ShownFigure;
const quarter = (figures: PublishedFigure[], ...earlier: (readonly ShownFigure[])[]): readonly ShownFigure[] =>
  withYearToDate(figures, figures, earlier, RULE);

describe('the year to date', () => {
  it('is what the quarters add up to', () => {
    const q1 = quarter([count('received', 21)]);
    expect(first(quarter([count('received', 20)], q1)).yearToDate?.value).toMatchObject({ mark: 'shown', value: 41 });
  });

  it('says no more than the quarters say: less the second, the first is still fewer than five', () => {
    const q1 = quarter([count('received', 3)]);
    const q2 = first(quarter([count('received', 12)], q1));
    expect(numberInWords(q2.quarter.value)).toBe('12');
    expect(numberInWords(q2.yearToDate?.value ?? q2.quarter.value)).toBe('13 to 16');
  });

  it('is not made up where an earlier quarter is not published, nor of what stood at the end', () => {
    const open = figure({ key: 'open', value: 9, isAtEnd: true });
    expect(first(withYearToDate([open], [], [], RULE)).yearToDate).toBeNull();
    expect(first(withYearToDate([count('received', 9)], [], [null], RULE)).yearToDate?.value.mark).toBe('unpublished');
  });

  it('leaves an average out where that of a quarter is left out', () => {
    const days = (value: number, base: number): PublishedFigure =>
      figure({ key: 'days', unit: 'average-calendar-days', value, base });
    const small = quarter([days(70, 2)]);
    expect(first(small).quarter.value.mark).toBe('small-base');
    const next = first(withYearToDate([days(31, 20)], [days(34.5, 22)], [small], RULE));
    expect(measureInWords(next.quarter, 'average-calendar-days')).toBe('31 days');
    expect(next.yearToDate?.value.mark).toBe('small-base');
    const both = first(withYearToDate([days(31, 20)], [days(30.5, 40)], [quarter([days(30, 20)])], RULE));
    expect(both.yearToDate?.value.value).toBe(30.5);
  });
});

describe('a percentage', () => {
  it.each([
    [20, 20, '100%', '20 of 20'],
    [15, 20, '75%', '15 of 20'],
    [0, 20, '0%', '0 of 20'],
    // One that was late is one that could be found.
    [19, 20, '80% to 95%', '16 to 19 of 20'],
    [2, 20, '5% to 20%', 'fewer than 5 of 20'],
    [2, 6, 'not shown', 'fewer than 5 of 6'],
    [2, 4, 'not shown', 'fewer than 5 of fewer than 5'],
    [0, 0, 'none', ''],
  ])('%d of %d is %s: %s', (value, base, words, basis) => {
    const { quarter: measure } = first(quarter([share('in-time', value, base)]));
    expect([measureInWords(measure, 'share'), basisInWords(measure, 'share')]).toEqual([words, basis]);
  });

  it('is left out wherever its number is left out in another figure', () => {
    const completed = figure({
      key: 'completed',
      value: 20,
      splitBy: [
        {
          key: 'outcome',
          title: 'Outcome',
          groups: [
            { key: 'upheld', title: 'Upheld', value: 6, base: null, caseLink: null },
            { key: 'not', title: 'Not upheld', value: 3, base: null, caseLink: null },
            { key: 'feedback', title: 'With feedback', value: 11, base: null, caseLink: null },
          ],
        },
      ],
    });
    const upheld = { ...share('upheld', 6, 20), valueIs: 'completed/outcome/upheld', baseIs: 'completed' };
    const [of, percentage] = quarter([completed, upheld]);
    const inSplit = of?.splits[0]?.groups[0]?.quarter.value;
    expect(inSplit?.mark).toBe(percentage?.quarter.value.mark);
    expect(of?.splits[0]?.groups[1]?.quarter.value.mark).toBe('small');
  });

  it('never says both a small number and a percentage of it', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (a, b) => {
        const { quarter: measure } = first(quarter([share('in-time', Math.min(a, b), Math.max(a, b))]));
        const parts = [Math.min(a, b), Math.max(a, b), Math.abs(a - b)];
        const isSmall = parts.some((each) => each > 0 && each < 5);
        expect(/^[\d.]+%$/.test(measureInWords(measure, 'share'))).toBe(!isSmall && Math.max(a, b) > 0);
      }),
    );
  });
});
