import { aDeadline, anOpening, aTriage, CaseLog } from '../testing/case-events';
import type { CaseTimeliness } from './case-timeliness';
import { foldHistory, type HistoryRow } from './fold-history';

const CASE = '00000000-0000-4000-8000-000000000001';

function history(log: CaseLog): HistoryRow[] {
  return foldHistory(new Map(), log.facts);
}

function latest(log: CaseLog): CaseTimeliness | undefined {
  return history(log).find((row) => row.recordedTo === null)?.state;
}

function opened(): CaseLog {
  return new CaseLog().add(CASE, '2026-03-02T09:00:00Z', 'casework.case-opened', anOpening(CASE));
}

function answered(): CaseLog {
  return opened().add(CASE, '2026-03-20T10:00:00Z', 'casework.reply-sent', {
    on: '2026-03-20',
    channel: 'email',
    outgoingMessageId: null,
  });
}

describe('the history of a case', () => {
  it('keeps one row for each time something else held', () => {
    const log = opened()
      .add(CASE, '2026-03-03T09:00:00Z', 'casework.case-triaged', aTriage())
      .add(CASE, '2026-03-04T09:00:00Z', 'casework.case-allocated', { assignee: 'ann' });
    expect(
      history(log).map(({ recordedFrom, recordedTo, state }) => [
        recordedFrom.toISOString(),
        recordedTo?.toISOString() ?? null,
        state.status,
        state.assignee,
      ]),
    ).toEqual([
      ['2026-03-02T09:00:00.000Z', '2026-03-03T09:00:00.000Z', 'received', null],
      ['2026-03-03T09:00:00.000Z', '2026-03-04T09:00:00.000Z', 'triaged', null],
      ['2026-03-04T09:00:00.000Z', null, 'allocated', 'ann'],
    ]);
  });

  it('keeps nothing of a state that held for no time', () => {
    const log = opened().add(CASE, '2026-03-02T09:00:00Z', 'casework.case-triaged', aTriage());
    expect(history(log)).toMatchObject([{ position: 2, recordedTo: null, state: { status: 'triaged' } }]);
  });

  it('adds no row when nothing changes', () => {
    const log = opened()
      .add(CASE, '2026-03-03T09:00:00Z', 'casework.case-routed', { queue: 'triage' })
      .add(CASE, '2026-03-03T09:00:00Z', 'casework.note-added', { noteId: 'n' });
    expect(history(log)).toMatchObject([{ position: 1, recordedTo: null }]);
  });

  it('never lets recorded time run backwards within a case', () => {
    const log = opened().add(CASE, '2026-03-02T08:59:59Z', 'casework.case-allocated', { assignee: 'ann' });
    expect(history(log)).toMatchObject([
      { recordedFrom: new Date('2026-03-02T09:00:00Z'), state: { assignee: 'ann' } },
    ]);
  });

  it('leaves out events of a case that was never opened', () => {
    expect(history(new CaseLog().add(CASE, '2026-03-02T09:00:00Z', 'casework.case-routed', { queue: 'x' }))).toEqual(
      [],
    );
  });
});

describe('what events do to the timeliness of a case', () => {
  it('begins in triage with the clocks of the opening', () => {
    expect(latest(opened())).toMatchObject({
      status: 'received',
      queue: 'triage',
      waitingSince: '2026-03-02',
      acknowledgeBy: '2026-03-05',
      respondBy: '2026-03-30',
      counted: true,
    });
  });

  it('moves to a queue by routing, or by the triage of a person', () => {
    const byRules = opened().add(CASE, '2026-03-02T09:01:00Z', 'casework.case-triaged', aTriage());
    expect(latest(byRules)).toMatchObject({ category: 'visibility', queue: 'triage' });
    byRules.add(CASE, '2026-03-02T09:02:00Z', 'casework.case-routed', { queue: 'caseworkers' });
    expect(latest(byRules)?.queue).toBe('caseworkers');
    const byPerson = opened().add(CASE, '2026-03-02T09:01:00Z', 'casework.case-triaged', aTriage({ byPerson: true }));
    expect(latest(byPerson)?.queue).toBe('caseworkers');
  });

  it('frees a transferred case for the next queue', () => {
    const log = opened()
      .add(CASE, '2026-03-03T09:00:00Z', 'casework.case-taken', { assignee: 'ann' })
      .add(CASE, '2026-03-04T09:00:00Z', 'casework.case-transferred', { fromQueue: 'triage', queue: 'finance' });
    expect(latest(log)).toMatchObject({ queue: 'finance', assignee: null, status: 'in-progress' });
  });

  it('counts the first answer, which acknowledges too', () => {
    const log = answered().add(CASE, '2026-03-25T10:00:00Z', 'casework.reply-sent', {
      on: '2026-03-25',
      channel: 'email',
      outgoingMessageId: null,
    });
    expect(latest(log)).toMatchObject({ answeredOn: '2026-03-20', acknowledgedOn: '2026-03-20', status: 'sent' });
  });

  it('counts a case that was joined to another no longer, and the other with the clocks of both', () => {
    const joined = { intoCaseId: 'other', intoReference: 'WM-26-2', because: 'late-parent', on: '2026-03-06' };
    expect(latest(opened().add(CASE, '2026-03-06T09:00:00Z', 'casework.case-joined', joined))).toMatchObject({
      status: 'closed',
      closedOn: '2026-03-06',
      counted: false,
    });
    const absorbed = {
      caseId: 'other',
      reference: 'WM-26-2',
      riskLevel: 'high',
      deadlines: [aDeadline('reply', '2026-03-27')],
    };
    expect(latest(opened().add(CASE, '2026-03-06T09:00:00Z', 'casework.case-absorbed', absorbed))).toMatchObject({
      riskLevel: 'high',
      priority: 'urgent',
      respondBy: '2026-03-27',
      counted: true,
    });
  });

  it('keeps the earlier acknowledgement', () => {
    const log = opened()
      .add(CASE, '2026-03-02T09:00:05Z', 'casework.acknowledged', {
        on: '2026-03-02',
        automatic: true,
        outgoingMessageId: null,
      })
      .add(CASE, '2026-03-04T09:00:05Z', 'casework.acknowledged', {
        on: '2026-03-04',
        automatic: false,
        outgoingMessageId: null,
      });
    expect(latest(log)?.acknowledgedOn).toBe('2026-03-02');
  });

  it('makes a reopened case wait again from that day, due by its new deadline', () => {
    const log = answered()
      .add(CASE, '2026-03-21T10:00:00Z', 'casework.case-closed', { reason: 'answered', on: '2026-03-21' })
      .add(CASE, '2026-04-08T10:00:00Z', 'casework.case-reopened', {
        on: '2026-04-08',
        because: 'new-message',
        deadlines: [aDeadline('reply', '2026-05-07')],
      });
    expect(latest(log)).toMatchObject({
      status: 'reopened',
      receivedOn: '2026-03-02',
      waitingSince: '2026-04-08',
      answeredOn: null,
      closedOn: null,
      respondBy: '2026-05-07',
      acknowledgedOn: '2026-03-20',
      acknowledgeBy: '2026-03-05',
    });
  });

  it('has no due day while paused, and goes on as it was with the pause kept', () => {
    const log = opened()
      .add(CASE, '2026-03-03T09:00:00Z', 'casework.reply-drafted', { by: 'ann' })
      .pause(CASE, '2026-03-04T09:00:00Z', '2026-03-04', [
        aDeadline('acknowledge', '2026-03-05'),
        aDeadline('reply', null),
      ]);
    expect(latest(log)).toMatchObject({
      status: 'paused',
      acknowledgeBy: '2026-03-05',
      respondBy: null,
      pauses: [{ from: '2026-03-04', to: null }],
    });
    log.add(CASE, '2026-03-11T09:00:00Z', 'casework.case-resumed', {
      on: '2026-03-11',
      deadlines: [aDeadline('acknowledge', '2026-03-05'), aDeadline('reply', '2026-04-08')],
    });
    expect(latest(log)).toMatchObject({
      status: 'drafted',
      assignee: 'ann',
      respondBy: '2026-04-08',
      pauses: [{ from: '2026-03-04', to: '2026-03-11' }],
    });
  });

  it.each(['reply-sent', 'case-closed'] as const)('ends an open pause with %s', (ending) => {
    const log = opened().pause(CASE, '2026-03-04T09:00:00Z', '2026-03-04', [aDeadline('reply', null)]);
    if (ending === 'reply-sent') {
      log.add(CASE, '2026-03-06T09:00:00Z', 'casework.reply-sent', {
        on: '2026-03-06',
        channel: 'phone',
        outgoingMessageId: null,
      });
    } else log.add(CASE, '2026-03-06T09:00:00Z', 'casework.case-closed', { reason: 'withdrawn', on: '2026-03-06' });
    expect(latest(log)?.pauses).toEqual([{ from: '2026-03-04', to: '2026-03-06' }]);
  });

  it('follows deadlines that are extended, moved, set again and stopped', () => {
    const log = opened().extend(CASE, '2026-03-10T09:00:00Z', 'reply', '2026-03-30', '2026-04-10');
    expect(latest(log)?.respondBy).toBe('2026-04-10');
    log.add(CASE, '2026-03-11T09:00:00Z', 'casework.deadline-moved', {
      clock: 'acknowledge',
      from: '2026-03-05',
      to: '2026-03-06',
      calendarVersion: 2,
      because: 'new-holiday',
    });
    expect(latest(log)?.acknowledgeBy).toBe('2026-03-06');
    log.add(CASE, '2026-03-12T09:00:00Z', 'casework.deadlines-set', {
      deadlines: [aDeadline('acknowledge', '2026-03-09')],
      because: 'triaged',
    });
    expect(latest(log)).toMatchObject({ acknowledgeBy: '2026-03-09', respondBy: null });
  });

  it('keeps the day an answered case was due on when its other clocks are set', () => {
    const log = answered().add(CASE, '2026-03-21T10:00:00Z', 'casework.deadlines-set', {
      deadlines: [],
      because: 'triaged',
    });
    expect(latest(log)).toMatchObject({ respondBy: '2026-03-30', acknowledgeBy: '2026-03-05' });
  });

  it('counts spam only once it is released', () => {
    const log = new CaseLog()
      .add(CASE, '2026-03-02T09:00:00Z', 'casework.case-opened', anOpening(CASE, { counted: false }))
      .add(CASE, '2026-03-02T09:00:00Z', 'casework.case-quarantined', { score: 9 });
    expect(latest(log)).toMatchObject({ counted: false, status: 'quarantined', queue: 'quarantine', respondBy: null });
    log.add(CASE, '2026-03-04T09:00:00Z', 'casework.case-released', { deadlines: [aDeadline('reply', '2026-03-30')] });
    expect(latest(log)).toMatchObject({ counted: true, status: 'received', queue: 'triage', respondBy: '2026-03-30' });
  });

  it('stops counting what a person marks as spam', () => {
    const log = opened().add(CASE, '2026-03-03T09:00:00Z', 'casework.case-quarantined', { score: 0 });
    expect(latest(log)).toMatchObject({ counted: false, acknowledgeBy: null, respondBy: null });
  });

  it('counts an automatic reply that is reopened as something to answer', () => {
    const log = new CaseLog()
      .add(CASE, '2026-03-02T09:00:00Z', 'casework.case-opened', anOpening(CASE, { counted: false, deadlines: [] }))
      .add(CASE, '2026-03-02T09:00:00Z', 'casework.case-closed', { reason: 'automatic-reply', on: '2026-03-02' });
    expect(latest(log)).toMatchObject({ counted: false, status: 'closed', closedOn: '2026-03-02' });
    log.add(CASE, '2026-03-04T09:00:00Z', 'casework.case-reopened', {
      on: '2026-03-04',
      because: 'not automatic',
      deadlines: [aDeadline('reply', '2026-04-01')],
    });
    expect(latest(log)?.counted).toBe(true);
  });

  it('raises risk and priority with a later message, and never lowers them', () => {
    const message = { messageId: 'm', itemId: 'i', mailKind: 'person', senderOnCase: true, receivedAt: '2026-03-03' };
    const log = opened().add(CASE, '2026-03-03T09:00:00Z', 'casework.message-filed', { ...message, riskLevel: 'high' });
    expect(latest(log)).toMatchObject({ riskLevel: 'high', priority: 'urgent' });
    log.add(CASE, '2026-03-04T09:00:00Z', 'casework.message-filed', { ...message, riskLevel: 'medium' });
    expect(latest(log)?.riskLevel).toBe('high');
  });

  it('leaves the clock of a forwarded case running until it is closed', () => {
    const log = opened().add(CASE, '2026-03-03T09:00:00Z', 'casework.case-forwarded', {
      destination: 'west-mercia-police',
      lawfulBasis: 'public-task',
      consent: false,
      forwardMessageId: 'f',
      noticeMessageId: null,
      forwardedOn: '2026-03-03',
      reasonId: 'r',
      reasonCommitment: 'c',
    });
    expect(latest(log)).toMatchObject({ status: 'forwarded', respondBy: '2026-03-30', closedOn: null });
  });
});
