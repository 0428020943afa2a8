import { checkLog, emptyLog, receivedAt } from './log-form';

const now = new Date('2026-07-15T10:30:00Z');
const form = { ...emptyLog('west-mercia', 'once-once'), subject: 'Parking', body: 'Who enforces it?' };

describe('the form for a contact', () => {
  it.each([
    ['', '', null],
    ['2026-07-15', '', null],
    ['', '09:05', '2026-07-15T08:05:00.000Z'],
    ['2026-01-05', '9:05', '2026-01-05T09:05:00.000Z'],
    ['2026-01-05', '', '2026-01-05T12:00:00.000Z'],
    // The day on which the clocks went forward at one.
    ['2026-03-29', '14:00', '2026-03-29T13:00:00.000Z'],
  ])('takes %s %s in London as %s', (day, time, expected) => {
    const at = receivedAt({ day, time }, now);
    expect(at instanceof Date ? at.toISOString() : at).toBe(expected);
  });

  it('names each field that is wrong', () => {
    const wrong = { ...form, subject: '', body: '', phone: 'call me', email: 'no', day: '2026-02-30', answered: 'yes' };
    expect(checkLog(wrong, ['west-mercia'], now).map(([field]) => field)).toEqual([
      'phone',
      'email',
      'subject',
      'body',
      'day',
      'answer',
    ]);
    expect(checkLog({ ...form, day: '2026-07-16' }, ['west-mercia'], now)).toHaveLength(1);
    expect(checkLog({ ...form, office: 'warwickshire' }, ['west-mercia'], now)).toEqual([
      ['office', 'Choose the office'],
    ]);
    expect(checkLog(form, ['west-mercia'], now)).toEqual([]);
  });
});
