import { HolidayCalendar, type DomainEvent } from '@app/kernel';
import { DueDays } from '../due-days';
import { InvalidScrutinyInput, ScrutinyRefused } from '../scrutiny.errors';
import { foldInvestigation, Investigation, type InvestigationState } from './investigation';

const due = new DueDays(new HolidayCalendar({ version: 1, holidays: [] }));
const at = new Date('2026-03-02T10:00:00Z');
const TODAY = '2026-03-02';
const RULE = { firstMonths: 12, everyMonths: 6, nextFrom: 'due-date' } as const;
const NOTICE = { receivedOn: '2026-02-20', caseId: null, expectedEnd: '2026-05-01', reasons: null };

function entered(startedOn = '2025-02-10'): Investigation {
  const record = new Investigation('00000000-0000-4000-8000-000000000001', 'west-mercia', 0, null);
  record.enter({ reference: 'CO/123/25', startedOn }, RULE, TODAY, at, due);
  return record;
}

describe('an investigation in the log', () => {
  it('is told by its events alone', () => {
    const record = entered();
    record.receive(NOTICE, TODAY, at, due);
    record.finalise('2026-03-01', TODAY, at);
    const events: DomainEvent[] = record.releaseEvents();
    expect(events.map(({ type }) => type)).toEqual([
      'scrutiny.investigation-entered',
      'scrutiny.notice-received',
      'scrutiny.investigation-finalised',
    ]);
    expect(events[1]?.data).toMatchObject({ answersDueOn: '2026-02-10', nextDueOn: '2026-08-10', number: 1 });
    expect(events.reduce<InvestigationState | null>(foldInvestigation, null)).toEqual(record.state);
    expect(record.line()).toMatchObject({ isOpen: false, dueOn: null });
  });

  it.each([
    ['a name in place of the reference', () => enterWith('Jo Bloggs', '2025-02-10'), '/forceReference'],
    ['a reference without a digit', () => enterWith('BLOGGS', '2025-02-10'), '/forceReference'],
    ['a start in the future', () => enterWith('CO/1/25', '2026-03-03'), '/startedOn'],
    ['a start that is no day', () => enterWith('CO/1/25', '2026-02-30'), '/startedOn'],
    ['a notice from the future', () => receiveOn('2026-03-03'), '/receivedOn'],
    ['a notice before the start', () => receiveOn('2025-02-09'), '/receivedOn'],
    ['an end before the start', () => entered().finalise('2025-02-09', TODAY, at), '/on'],
  ])('refuses %s, and names the field', (_name, act, pointer) => {
    const error = catchError(act);
    expect(error).toBeInstanceOf(InvalidScrutinyInput);
    expect((error as InvalidScrutinyInput).errors.map((each) => each.pointer)).toEqual([pointer]);
  });

  it('takes no notice when it is over, and none of one case twice', () => {
    const record = entered();
    const caseId = '00000000-0000-4000-8000-000000000002';
    record.receive({ ...NOTICE, caseId }, TODAY, at, due);
    expect(() => record.receive({ ...NOTICE, caseId }, TODAY, at, due)).toThrow(ScrutinyRefused);
    record.finalise(TODAY, TODAY, at);
    expect(() => record.receive(NOTICE, TODAY, at, due)).toThrow('finalised');
  });

  it('counts its chain anew when the start is put right', () => {
    const record = entered('2025-02-10');
    record.correctStart('2024-12-10', { id: 'a', commitment: 'b' }, TODAY, at, due);
    expect(record.line()).toMatchObject({ dueOn: '2025-12-10', listedOn: '2024-12-10' });
  });

  it('owes nothing once it is struck out', () => {
    const record = entered();
    record.strike({ id: 'a', commitment: 'b' }, TODAY, at);
    expect(record.line()).toMatchObject({ isOpen: false, dueOn: null });
  });
});

function enterWith(reference: string, startedOn: string): void {
  new Investigation('x', 'west-mercia', 0, null).enter({ reference, startedOn }, RULE, TODAY, at, due);
}

function receiveOn(receivedOn: string): void {
  entered().receive({ ...NOTICE, expectedEnd: null, receivedOn }, TODAY, at, due);
}

function catchError(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}
