import { HolidayCalendar, type DomainEvent } from '@app/kernel';
import { DueDays } from '../due-days';
import { InvalidScrutinyInput } from '../scrutiny.errors';
import { ChiefConstableComplaint, type Step } from './chief-constable-complaint';
import { foldChiefConstableComplaint, type ChiefConstableState } from './chief-constable-state';

const due = new DueDays(new HolidayCalendar({ version: 1, holidays: [] }));
const TODAY = '2026-06-30';
const at = new Date('2026-06-30T10:00:00Z');
const TEXT = { id: 'text', commitment: 'commitment' };
const ASKED = ['serious-assault', 'article-2-or-3'];
const step = (on: string): Step => ({ on, today: TODAY, at });

function opened(startedOn = '2026-03-02'): ChiefConstableComplaint {
  const record = new ChiefConstableComplaint('00000000-0000-4000-8000-000000000001', 'west-mercia', 0, null);
  record.open({ startedOn, updateDays: 28, delegation: TEXT }, at, due);
  return record;
}

function personal(): ChiefConstableComplaint {
  const record = opened();
  record.assess('personal', TEXT, step('2026-03-03'));
  return record;
}

function tested(answer: 'yes' | 'no' | 'unknown', decision: string, sentOn: string | null): ChiefConstableComplaint {
  const record = personal();
  const criteria = { 'serious-assault': 'no', 'article-2-or-3': answer } as const;
  record.testReferral({ criteria, asked: ASKED, decision, sentOn }, TEXT, step('2026-03-04'));
  return record;
}

describe('a complaint about the chief constable (R2.5)', () => {
  it.each([
    // 28 calendar days, never rolled: Easter Monday 2026 stays the day (R1.54, routing row 5).
    ['2026-03-02', '2026-03-30'],
    ['2026-03-09', '2026-04-06'],
    ['2025-12-24', '2026-01-21'],
  ])('that came on %s wants its first update by %s', (startedOn, dueOn) => {
    expect(opened(startedOn).line()).toMatchObject({ dueOn, isOpen: true });
  });

  it('counts the next update from the last one, early or late', () => {
    const record = opened('2026-03-02');
    record.giveUpdate(TEXT, step('2026-03-20'), due);
    expect(record.line().dueOn).toBe('2026-04-17');
    record.giveUpdate(TEXT, step('2026-05-01'), due);
    expect(record.line().dueOn).toBe('2026-05-29');
    expect(record.state.updatesDue).toEqual(['2026-03-30', '2026-04-17']);
  });

  it('is not the office’s where officers under command acted: it goes to PSD and its clock stops', () => {
    const record = opened();
    record.assess('under-command', TEXT, step('2026-03-03'));
    expect(record.line()).toMatchObject({ isOpen: false, dueOn: null });
    expect(() => record.decideRecording('recorded', TEXT, step('2026-03-04'))).toThrow('professional standards');
  });

  it('must be referred where a criterion is met or cannot be excluded', () => {
    expect(() => tested('yes', 'not-referred', null)).toThrow('must be referred');
    expect(() => tested('unknown', 'voluntary', '2026-03-04')).toThrow('must be referred');
    expect(tested('unknown', 'mandatory', '2026-03-04').state.referral?.sentOn).toBe('2026-03-04');
  });

  it('may be referred of choice where none is met, and a referral has its day', () => {
    expect(tested('no', 'voluntary', '2026-03-04').state.referral?.decision).toBe('voluntary');
    expect(() => tested('no', 'mandatory', '2026-03-04')).toThrow('would be voluntary');
    expect(() => tested('no', 'voluntary', null)).toThrow('Enter the day');
    expect(() => tested('no', 'not-referred', '2026-03-04')).toThrow('Leave the day empty');
  });

  it('is taken in order: whose acts, recording, test, route, outcome', () => {
    const record = opened();
    expect(() => record.decideRecording('recorded', TEXT, step('2026-03-03'))).toThrow('personal conduct');
    record.assess('personal', TEXT, step('2026-03-03'));
    expect(() => record.chooseRoute('local-investigation', TEXT, step('2026-03-03'))).toThrow('not recorded');
    record.decideRecording('recorded', TEXT, step('2026-03-03'));
    expect(() => record.chooseRoute('local-investigation', TEXT, step('2026-03-03'))).toThrow('referral');
  });

  it('ends with the outcome and the information on the review by the IOPC (R1.54)', () => {
    const record = tested('no', 'not-referred', null);
    record.decideRecording('recorded', TEXT, step('2026-03-05'));
    record.chooseRoute('otherwise-than-by-investigation', TEXT, step('2026-03-06'));
    const outcome = 'service-acceptable';
    const without = (): void => record.recordOutcome({ outcome, reviewRightsOn: null }, TEXT, step('2026-05-01'));
    expect(without).toThrow(InvalidScrutinyInput);
    record.recordOutcome({ outcome, reviewRightsOn: '2026-05-05' }, TEXT, step('2026-05-01'));
    expect(record.line()).toMatchObject({ isOpen: false, dueOn: null });
    expect(() => record.giveUpdate(TEXT, step('2026-05-06'), due)).toThrow('finished');
    const events: DomainEvent[] = record.releaseEvents();
    expect(events.at(-1)?.data).toMatchObject({ reviewBody: 'iopc', reviewRightsOn: '2026-05-05' });
    expect(events.reduce<ChiefConstableState | null>(foldChiefConstableComplaint, null)).toEqual(record.state);
  });

  it('refuses days before it came and in the future', () => {
    expect(() => opened().assess('personal', TEXT, step('2026-03-01'))).toThrow('not before the complaint came');
    expect(() => opened().assess('personal', TEXT, step('2026-07-01'))).toThrow('today at the latest');
  });
});
