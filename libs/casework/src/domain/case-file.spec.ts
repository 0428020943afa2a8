import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { addDays, countDeadline, HolidayCalendar, type DeadlinePolicy } from '@app/kernel';
import { isRunning, nextDeadline, type ClockPolicy, type DeadlineCounter } from './case-deadlines';
import { CaseFile } from './case-file';
import { ActionNotAllowed, CaseRuleRefused, InvalidCaseInput } from './case.errors';
import type { CaseEventType } from './case.events';
import type { CaseOpening, KeptText } from './case-inputs';
import { allowedActions, isEnded, type CaseAction } from './case-status';

const calendarOf = (version: number, holidays: readonly string[]): DeadlineCounter => {
  const calendar = new HolidayCalendar({
    version,
    holidays: holidays.map((date) => ({ division: 'england-and-wales', date, title: 'Holiday' })),
  });
  return {
    calendarVersion: version,
    dueOn: (policy, from, pauses) => countDeadline(policy, from, calendar, pauses).deadline,
  };
};
// The Easter and May holidays of 2026, as in domain.md section 11.
const easter = ['2026-04-03', '2026-04-06', '2026-05-04'];
const counter = calendarOf(1, easter);
const workingDays = (count: number, rule: string): DeadlinePolicy => ({
  rule,
  unit: 'working-days',
  count,
  region: 'england-and-wales',
  dayZero: 'receipt',
  rollForward: 'none',
});
const clocks: ClockPolicy[] = [
  { clock: 'acknowledge', policy: workingDays(3, 'acknowledge-3wd') },
  { clock: 'reply', policy: workingDays(20, 'reply-20wd') },
  { clock: 'update', policy: workingDays(20, 'update-20wd') },
];
const reason: KeptText = { reasonId: 'reason-1', reasonCommitment: 'abc' };
const received = new Date('2026-04-02T09:00:00Z');

function aCase(changes: Partial<CaseOpening> = {}): CaseFile {
  return CaseFile.open(
    {
      id: 'case-1',
      office: 'west-mercia',
      reference: 'WM-2026-000001-B',
      kind: 'correspondence',
      channel: 'email',
      priority: 'normal',
      queue: 'triage',
      correspondentId: 'person-1',
      riskLevel: 'none',
      answerable: true,
      acknowledgementHeld: false,
      receivedAt: received,
      receivedOn: '2026-04-02',
      messageId: 'message-1',
      itemId: 'item-1',
      counted: true,
      acknowledgedInPerson: false,
      clocks,
      ...changes,
    },
    counter,
    randomUUID,
    received,
  );
}

const on = (day: string): Date => new Date(`${day}T10:00:00Z`);
const types = (caseFile: CaseFile): CaseEventType[] => caseFile.releaseEvents().map((event) => event.type);
const dueDays = (caseFile: CaseFile): (string | null)[] =>
  ['acknowledge', 'reply', 'update'].map((clock) => caseFile.dueOn(clock as 'reply'));

describe('a new case', () => {
  it('counts its clocks from the day of receipt (table of section 11: Thu 2 Apr 2026)', () => {
    expect(dueDays(aCase())).toEqual(['2026-04-09', '2026-05-05', '2026-05-05']);
  });

  it('has no clock when nobody waits for an answer', () => {
    const caseFile = aCase({ answerable: false });
    caseFile.closeWithoutReply('bounce', received);
    expect(caseFile.snapshot()).toMatchObject({ status: 'no-reply-needed', deadlines: [] });
    expect(types(caseFile)).toEqual(['casework.case-opened', 'casework.case-closed']);
  });

  it('is acknowledged there and then when the person was spoken to', () => {
    const caseFile = aCase({ channel: 'phone', acknowledgedInPerson: true });
    expect(caseFile.snapshot().acknowledgedAt).toEqual(received);
    expect(nextDeadline(caseFile.snapshot().deadlines)).toBe('2026-05-05');
  });
});

describe('the acknowledgement', () => {
  it('meets its clock and is given once', () => {
    const caseFile = aCase();
    caseFile.acknowledge('out-1', true, on('2026-04-02'));
    caseFile.acknowledge('out-2', true, on('2026-04-03'));
    expect(types(caseFile)).toEqual(['casework.case-opened', 'casework.acknowledged']);
    expect(caseFile.snapshot().deadlines.find(({ clock }) => clock === 'acknowledge')).toMatchObject({
      status: 'met',
      metOn: '2026-04-02',
    });
  });

  it('is never automatic where a risk flag holds it', () => {
    expect(() => aCase({ acknowledgementHeld: true }).acknowledge('out-1', true, received)).toThrow(CaseRuleRefused);
  });
});

describe('answering', () => {
  it('goes from draft through approval to sent, and settles every clock', () => {
    const caseFile = aCase();
    caseFile.take('ann', on('2026-04-07'));
    caseFile.draft('ann', on('2026-04-08'));
    caseFile.submit('ann', on('2026-04-08'));
    caseFile.approve('bob', on('2026-04-09'));
    caseFile.send('email', 'out-1', counter, on('2026-05-05'));
    expect(caseFile.snapshot()).toMatchObject({ status: 'sent', assignee: 'ann', draftState: null });
    expect(caseFile.snapshot().deadlines.filter(isRunning)).toEqual([]);
    // Done on the due day is on time.
    expect(caseFile.snapshot().deadlines.find(({ clock }) => clock === 'reply')?.status).toBe('met');
  });

  it('is owed again when it is taken back before it went out, unless an earlier one stands', () => {
    const caseFile = aCase();
    const at = new Date('2026-04-10T09:00:00Z');
    const before = caseFile.dueOn('reply');
    caseFile.draft('person', at);
    caseFile.approve('manager', at);
    caseFile.send('email', 'mail-1', counter, at);
    caseFile.recallReply('mail-1', null, at);
    expect(caseFile.snapshot()).toMatchObject({ status: 'approved', draftState: 'approved', answeredAt: null });
    expect(caseFile.snapshot().acknowledgedAt).toBeNull();
    expect(caseFile.snapshot().deadlines.filter(isRunning)).toHaveLength(3);
    expect(caseFile.dueOn('reply')).toBe(before);
    caseFile.send('email', 'mail-2', counter, at);
    const later = new Date('2026-04-13T09:00:00Z');
    caseFile.draft('person', later);
    caseFile.approve('manager', later);
    caseFile.send('email', 'mail-3', counter, later);
    caseFile.recallReply('mail-3', at, later);
    expect(caseFile.snapshot()).toMatchObject({ status: 'approved', answeredAt: at });
    expect(caseFile.snapshot().deadlines.filter(isRunning)).toEqual([]);
    expect(() => caseFile.recallReply('mail-3', at, later)).toThrow(CaseRuleRefused);
  });

  it('is late one day after', () => {
    const caseFile = aCase();
    caseFile.send('phone', null, counter, on('2026-05-06'));
    expect(caseFile.snapshot().deadlines.find(({ clock }) => clock === 'reply')).toMatchObject({
      status: 'missed',
      metOn: '2026-05-06',
    });
  });

  it('refuses to send in writing what was not approved', () => {
    const caseFile = aCase();
    caseFile.draft('ann', received);
    expect(() => caseFile.send('email', 'out-1', counter, received)).toThrow(CaseRuleRefused);
    expect(types(caseFile)).toEqual(['casework.case-opened', 'casework.reply-drafted']);
  });

  it('needs approval again after a change', () => {
    const caseFile = aCase();
    caseFile.draft('ann', received);
    caseFile.approve('bob', received);
    caseFile.draft('ann', received);
    expect(caseFile.snapshot()).toMatchObject({ status: 'drafted', draftState: 'draft' });
  });
});

describe('clocks', () => {
  it('stand still during a pause and end later by the paused working days', () => {
    const caseFile = aCase();
    caseFile.pause(reason, counter, on('2026-04-09'));
    expect(caseFile.dueOn('reply')).toBeNull();
    expect(caseFile.dueOn('acknowledge')).toBe('2026-04-09');
    caseFile.resume(counter, on('2026-04-16'));
    // Five working days (9, 10, 13, 14, 15 April) were not counted.
    expect(caseFile.dueOn('reply')).toBe('2026-05-12');
    expect(caseFile.snapshot().status).toBe('received');
  });

  it('are extended later, never earlier', () => {
    const caseFile = aCase();
    expect(() => caseFile.extend('reply', '2026-05-05', reason, received)).toThrow(InvalidCaseInput);
    caseFile.extend('reply', '2026-05-20', reason, received);
    expect(caseFile.dueOn('reply')).toBe('2026-05-20');
  });

  it('move visibly when a holiday is added, and settled ones never move', () => {
    const caseFile = aCase();
    caseFile.acknowledge('out-1', true, on('2026-04-02'));
    caseFile.recountDeadlines(calendarOf(2, [...easter, '2026-04-20']), 'calendar 2', on('2026-04-10'));
    expect(dueDays(caseFile)).toEqual(['2026-04-09', '2026-05-06', '2026-05-06']);
    expect(caseFile.snapshot().deadlines.find(({ clock }) => clock === 'reply')).toMatchObject({
      movedFrom: '2026-05-05',
      movedBecause: 'calendar 2',
      calendarVersion: 2,
    });
  });

  it('follow the category that triage found', () => {
    const caseFile = aCase();
    caseFile.triage(
      {
        category: 'foi-request',
        kind: 'foi',
        priority: 'normal',
        queue: 'information-rights',
        rulesVersion: 'v1',
        ruleKeys: ['foi'],
        reasons: ['asks for recorded information'],
        byPerson: false,
        reason: null,
        area: null,
        clocks: [{ clock: 'reply', policy: workingDays(10, 'other') }],
      },
      counter,
      randomUUID,
      on('2026-04-02'),
    );
    expect(caseFile.dueOn('reply')).toBe('2026-04-20');
    expect(
      caseFile
        .snapshot()
        .deadlines.filter(isRunning)
        .map(({ clock }) => clock),
    ).toEqual(['reply']);
  });

  it('are missed once, when their day has passed', () => {
    const caseFile = aCase();
    expect(caseFile.miss('reply', '2026-05-05', on('2026-05-06'))).toBe(true);
    expect(caseFile.miss('reply', '2026-05-05', on('2026-05-06'))).toBe(false);
  });
});

describe('a letter that comes later', () => {
  const letter = {
    messageId: 'm-2',
    itemId: 'i-2',
    mailKind: 'person',
    senderOnCase: true,
    receivedAt: '2026-06-01T10:00:00Z',
    riskLevel: 'none',
  };

  it('opens a closed case again with a new reply clock', () => {
    const caseFile = aCase();
    caseFile.close('answered', on('2026-04-20'));
    caseFile.fileMessage(letter, clocks, counter, randomUUID, on('2026-06-01'));
    expect(caseFile.snapshot()).toMatchObject({ status: 'reopened', closedAt: null, answeredAt: null });
    expect(caseFile.snapshot().deadlines.filter(isRunning)).toHaveLength(2);
  });

  it('frees a case from quarantine', () => {
    const caseFile = aCase();
    caseFile.quarantine(9, received);
    caseFile.fileMessage(letter, clocks, counter, randomUUID, on('2026-04-03'));
    expect(caseFile.snapshot().status).toBe('received');
  });

  it('leaves a closed case closed when a machine sent it', () => {
    const caseFile = aCase();
    caseFile.close('answered', on('2026-04-20'));
    caseFile.fileMessage({ ...letter, mailKind: 'auto-reply' }, clocks, counter, randomUUID, on('2026-06-01'));
    expect(caseFile.snapshot().status).toBe('closed');
  });

  it('raises the risk of the case and asks for a new look', () => {
    const caseFile = aCase();
    caseFile.fileMessage({ ...letter, riskLevel: 'critical' }, clocks, counter, randomUUID, on('2026-04-03'));
    expect(caseFile.snapshot()).toMatchObject({ riskLevel: 'critical', priority: 'urgent', riskConfirmedAt: null });
  });
});

describe('two cases that turn out to be one', () => {
  it('go on in one of them, with the graver risk and the earlier receipt', () => {
    const kept = aCase({ receivedAt: on('2026-04-09'), receivedOn: '2026-04-09' });
    const left = aCase({ id: 'case-2', reference: 'WM-2026-000002-D', riskLevel: 'high' });
    const dueBefore = kept.dueOn('reply');
    kept.absorb(left.snapshot(), counter, on('2026-04-10'));
    left.joinTo(kept.snapshot(), 'late-parent', on('2026-04-10'));
    expect(dueBefore).not.toBe('2026-05-05');
    expect(kept.dueOn('reply')).toBe('2026-05-05');
    expect(kept.snapshot()).toMatchObject({ riskLevel: 'high', priority: 'urgent', riskConfirmedAt: null });
    expect(left.snapshot()).toMatchObject({ status: 'closed', closeReason: 'joined', joinedTo: kept.id });
    expect(left.snapshot().deadlines.filter(isRunning)).toEqual([]);
    expect(types(left)).toContain('casework.case-joined');
    expect(() => left.reopen('person', clocks, counter, randomUUID, on('2026-04-11'))).toThrow(CaseRuleRefused);
  });

  it('keep the receipt and the risk of the one that goes on, where those weigh more', () => {
    const kept = aCase({ riskLevel: 'critical' });
    kept.absorb(aCase({ id: 'case-2', receivedOn: '2026-04-09', riskLevel: 'medium' }).snapshot(), counter, received);
    expect(dueDays(kept)).toEqual(['2026-04-09', '2026-05-05', '2026-05-05']);
    expect(kept.snapshot().riskLevel).toBe('critical');
    expect(() => kept.joinTo(kept.snapshot(), 'late-parent', received)).toThrow(CaseRuleRefused);
  });
});

describe('any sequence of actions', () => {
  const actions: Partial<Record<CaseAction, (caseFile: CaseFile, now: Date) => void>> = {
    allocate: (c, now) => c.allocate('bob', now),
    take: (c, now) => c.take('ann', now),
    transfer: (c, now) => c.transfer('legal', now),
    pause: (c, now) => c.pause(reason, counter, now),
    resume: (c, now) => c.resume(counter, now),
    extend: (c, now) => c.extend('reply', addDays(c.dueOn('reply') ?? '2026-05-05', 5), reason, now),
    draft: (c, now) => c.draft('ann', now),
    submit: (c, now) => c.submit('ann', now),
    approve: (c, now) => c.approve('bob', now),
    'send-back': (c, now) => c.sendBack('bob', reason, now),
    send: (c, now) => c.send('phone', null, counter, now),
    'hold-update': (c, now) => c.holdUpdate(null, clocks, counter, randomUUID, now),
    close: (c, now) => c.close('answered', now),
    reopen: (c, now) => c.reopen('person', clocks, counter, randomUUID, now),
    'mark-spam': (c, now) => c.quarantine(9, now),
    release: (c, now) => c.release(clocks, counter, randomUUID, now),
  };
  const names = Object.keys(actions) as CaseAction[];

  it('does just what the table allows, one version an event, and never leaves an open case without clock or owner', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.constantFrom(...names), days: fc.nat({ max: 9 }) }), { maxLength: 25 }),
        (steps) => {
          const caseFile = aCase();
          let events = caseFile.releaseEvents().length;
          let day = '2026-04-02';
          for (const { name, days } of steps) {
            day = addDays(day, days);
            const { status } = caseFile.snapshot();
            try {
              actions[name]?.(caseFile, on(day));
              expect(allowedActions(status)).toContain(name);
            } catch (error) {
              if (error instanceof ActionNotAllowed) expect(allowedActions(status)).not.toContain(name);
              else if (!(error instanceof CaseRuleRefused)) throw error;
            }
            events += caseFile.releaseEvents().length;
            const state = caseFile.snapshot();
            expect(state.version).toBe(events);
            expect(isEnded(state.status)).toBe(state.closedAt !== null);
            const isWaiting =
              state.closedAt === null && state.answeredAt === null && !['paused', 'quarantined'].includes(state.status);
            if (isWaiting) expect(nextDeadline(state.deadlines)).not.toBeNull();
            if (state.closedAt === null) expect(state.queue ?? state.assignee).not.toBeNull();
            expect(
              state.deadlines.filter(isRunning).every(({ dueOn }) => dueOn !== null) || state.status === 'paused',
            ).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
