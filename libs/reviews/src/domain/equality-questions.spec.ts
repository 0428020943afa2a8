import { equalityAnswers, quarterOf } from './equality-questions';

describe('Equality monitoring', () => {
  it('R1.12 keeps known answers to known questions only', () => {
    expect(
      equalityAnswers({ age: '25-34', sex: '', disability: 'perhaps', name: 'Asha Ferris', religion: ['none'] }),
    ).toEqual({ age: '25-34' });
  });

  it.each([
    ['2026-01-01', '2026-01-01'],
    ['2026-03-31', '2026-01-01'],
    ['2026-04-01', '2026-04-01'],
    ['2026-09-30', '2026-07-01'],
    ['2026-12-31', '2026-10-01'],
  ])('counts %s in the quarter of %s', (day, quarter) => {
    expect(quarterOf(day)).toBe(quarter);
  });
});
