import { Aggregate, londonDate } from '@app/kernel';
import {
  applyClocks,
  closePauses,
  dueOnOf,
  factOf,
  isRunning,
  openPauses,
  recount,
  settle,
  startDeadline,
  stopAll,
  unsettle,
  type CaseDeadline,
  type ClockPolicy,
  type DeadlineCounter,
} from './case-deadlines';
import { ActionNotAllowed, CaseRuleRefused, InvalidCaseInput } from './case.errors';
import {
  CASE_EVENT_VERSIONS,
  type CaseEvent,
  type CaseEventData,
  type CaseEventType,
  type ClockName,
} from './case.events';
import type { CaseOpening, Forwarding, KeptText, TriageDecision } from './case-inputs';
import type { CaseState } from './case-state';
import { allowedActions, isEnded, type CaseAction } from './case-status';

const RISK_LEVELS = ['none', 'medium', 'high', 'critical'];

const EMPTY_STATE = {
  category: null,
  status: 'received',
  assignee: null,
  area: null,
  riskConfirmedAt: null,
  answeredAt: null,
  closedAt: null,
  closeReason: null,
  pausedSince: null,
  statusBeforePause: null,
  forwardedTo: null,
  joinedTo: null,
  triageRulesVersion: null,
  triageReasons: [],
  draftState: null,
  version: 0,
} as const;

/** A case: the rules of its life. State changes only through what happened in the office. */
export class CaseFile extends Aggregate<CaseEvent> {
  private constructor(private state: CaseState) {
    super(state.id, state.version);
  }

  /** A new case, its clocks counted from the day of receipt. */
  static open(opening: CaseOpening, counter: DeadlineCounter, newId: () => string, now: Date): CaseFile {
    const { messageId, itemId, counted, acknowledgedInPerson, clocks, ...known } = opening;
    const started = known.answerable
      ? clocks.map((clock) => startDeadline(newId(), clock, known.receivedOn, counter, now))
      : [];
    const deadlines = acknowledgedInPerson ? settle(started, ['acknowledge'], known.receivedOn) : started;
    const caseFile = new CaseFile({
      ...EMPTY_STATE,
      ...known,
      acknowledgedAt: acknowledgedInPerson ? known.receivedAt : null,
      deadlines,
    });
    caseFile.happened(
      'casework.case-opened',
      {
        caseId: known.id,
        reference: known.reference,
        kind: known.kind,
        channel: known.channel,
        priority: known.priority,
        receivedAt: known.receivedAt.toISOString(),
        receivedOn: known.receivedOn,
        correspondentId: known.correspondentId,
        itemId,
        messageId,
        riskLevel: known.riskLevel,
        answerable: known.answerable,
        acknowledgementHeld: known.acknowledgementHeld,
        counted,
        acknowledgedOn: acknowledgedInPerson ? known.receivedOn : null,
        deadlines: deadlines.filter(isRunning).map(factOf),
      },
      now,
      {},
    );
    caseFile.flag(known.riskLevel, messageId, now);
    return caseFile;
  }

  static restore(state: CaseState): CaseFile {
    return new CaseFile(state);
  }

  snapshot(): CaseState {
    return this.state;
  }

  fileMessage(
    message: CaseEventData['casework.message-filed'],
    clocks: readonly ClockPolicy[],
    counter: DeadlineCounter,
    newId: () => string,
    now: Date,
  ): void {
    this.happened('casework.message-filed', { ...message }, now, this.raisedTo(message.riskLevel));
    this.flag(message.riskLevel, message.messageId, now);
    if (message.mailKind !== 'person') return;
    // A person who writes again is waiting again: the letter must not lie in a closed file or in quarantine.
    if (this.state.status === 'quarantined') this.release(clocks, counter, newId, now);
    else if (isEnded(this.state.status) || this.state.status === 'sent') {
      this.startAgain('new-message', clocks, counter, newId, now, null);
    }
  }

  triage(decision: TriageDecision, counter: DeadlineCounter, newId: () => string, now: Date): void {
    this.require('triage');
    const { reason, reasons, clocks, ...facts } = decision;
    const deadlines = this.state.answerable
      ? applyClocks(this.state.deadlines, clocks, this.state.receivedOn, counter, newId, now)
      : this.state.deadlines;
    const moved = deadlines.some((deadline, index) => deadline !== this.state.deadlines[index]);
    this.happened(
      'casework.case-triaged',
      {
        ...facts,
        fromKind: this.state.kind,
        ruleKeys: [...decision.ruleKeys],
        reasonId: reason?.reasonId ?? null,
        reasonCommitment: reason?.reasonCommitment ?? null,
      },
      now,
      {
        category: decision.category,
        kind: decision.kind,
        priority: decision.priority,
        area: decision.area,
        triageRulesVersion: decision.rulesVersion,
        triageReasons: reasons,
        status: ['received', 'reopened'].includes(this.state.status) ? 'triaged' : this.state.status,
        ...(decision.byPerson ? { queue: decision.queue } : {}),
      },
    );
    if (moved) {
      this.happened(
        'casework.deadlines-set',
        { deadlines: deadlines.filter(isRunning).map(factOf), because: 'triaged' },
        now,
        { deadlines },
      );
    }
  }

  route(queue: string, now: Date): void {
    if (isEnded(this.state.status) || this.state.status === 'quarantined') return;
    this.happened('casework.case-routed', { queue }, now, { queue });
  }

  allocate(assignee: string, now: Date): void {
    this.require('allocate');
    const status = ['received', 'triaged', 'reopened'].includes(this.state.status) ? 'allocated' : this.state.status;
    this.happened('casework.case-allocated', { assignee }, now, { assignee, status });
  }

  /** @throws CaseRuleRefused when somebody else has it. */
  take(assignee: string, now: Date): void {
    this.require('take');
    if (this.state.assignee !== null && this.state.assignee !== assignee) {
      throw new CaseRuleRefused('Somebody else has taken this case.');
    }
    const isNew = ['received', 'triaged', 'allocated', 'reopened'].includes(this.state.status);
    this.happened('casework.case-taken', { assignee }, now, {
      assignee,
      status: isNew ? 'in-progress' : this.state.status,
    });
  }

  transfer(queue: string, now: Date): void {
    this.require('transfer');
    this.happened('casework.case-transferred', { fromQueue: this.state.queue, queue }, now, { queue, assignee: null });
  }

  forward(forwarding: Forwarding, now: Date): void {
    this.require('forward');
    const { reason, ...facts } = forwarding;
    const on = londonDate(now);
    this.happened('casework.case-forwarded', { ...facts, ...reason, forwardedOn: on }, now, {
      status: 'forwarded',
      forwardedTo: forwarding.destination,
      deadlines: settle(this.state.deadlines, ['forward'], on),
    });
  }

  pause(reason: KeptText, counter: DeadlineCounter, now: Date): void {
    this.require('pause');
    const from = londonDate(now);
    const deadlines = openPauses(this.state.deadlines, from, counter);
    this.happened(
      'casework.case-paused',
      { from, ...reason, deadlines: deadlines.filter(isRunning).map(factOf) },
      now,
      { status: 'paused', statusBeforePause: this.state.status, pausedSince: now, deadlines },
    );
  }

  resume(counter: DeadlineCounter, now: Date): void {
    this.require('resume');
    const on = londonDate(now);
    const deadlines = closePauses(this.state.deadlines, on, counter);
    this.happened('casework.case-resumed', { on, deadlines: deadlines.filter(isRunning).map(factOf) }, now, {
      status: this.state.statusBeforePause ?? 'in-progress',
      statusBeforePause: null,
      pausedSince: null,
      deadlines,
    });
  }

  /** Moves a deadline later, never earlier. */
  extend(clock: ClockName, to: string, reason: KeptText, now: Date): void {
    this.require('extend');
    const deadline = this.state.deadlines.find((each) => each.clock === clock && isRunning(each));
    if (!deadline?.dueOn) throw new CaseRuleRefused(`No ${clock} deadline is running on this case.`);
    if (to <= deadline.dueOn) throw new InvalidCaseInput('/dueOn', `must be later than ${deadline.dueOn}`);
    const extended: CaseDeadline = {
      ...deadline,
      dueOn: to,
      extendedTo: to,
      movedFrom: deadline.dueOn,
      movedBecause: 'extended',
      status: 'open',
    };
    this.happened('casework.deadline-extended', { clock, from: deadline.dueOn, to, ...reason }, now, {
      deadlines: this.replace(extended),
    });
  }

  draft(by: string, now: Date): void {
    this.require('draft');
    this.happened('casework.reply-drafted', { by }, now, {
      status: 'drafted',
      draftState: 'draft',
      assignee: this.state.assignee ?? by,
    });
  }

  submit(by: string, now: Date): void {
    this.require('submit');
    if (this.state.draftState !== 'draft') throw new CaseRuleRefused('There is no draft to submit.');
    this.happened('casework.reply-submitted', { by }, now, { draftState: 'submitted' });
  }

  approve(by: string, now: Date): void {
    this.require('approve');
    if (this.state.draftState === null) throw new CaseRuleRefused('There is no draft to approve.');
    this.happened('casework.reply-approved', { by }, now, { status: 'approved', draftState: 'approved' });
  }

  sendBack(by: string, reason: KeptText, now: Date): void {
    this.require('send-back');
    if (this.state.draftState === 'draft' || this.state.draftState === null) {
      throw new CaseRuleRefused('Nothing was submitted that could be sent back.');
    }
    this.happened('casework.reply-sent-back', { by, ...reason }, now, { status: 'drafted', draftState: 'draft' });
  }

  /** The answer goes out. In writing it must be approved first; an answer given by telephone is recorded as it is. */
  send(channel: string, outgoingMessageId: string | null, counter: DeadlineCounter, now: Date): void {
    this.require('send');
    if (outgoingMessageId !== null && this.state.draftState !== 'approved') {
      throw new CaseRuleRefused('The reply must be approved before it is sent.');
    }
    const on = londonDate(now);
    // Answering ends a pause: the clock that waited is met.
    const resumed =
      this.state.status === 'paused' ? closePauses(this.state.deadlines, on, counter) : this.state.deadlines;
    this.happened('casework.reply-sent', { on, channel, outgoingMessageId }, now, {
      status: 'sent',
      answeredAt: now,
      acknowledgedAt: this.state.acknowledgedAt ?? now,
      draftState: null,
      pausedSince: null,
      statusBeforePause: null,
      deadlines: settle(resumed, ['reply', 'acknowledge', 'update'], on),
    });
  }

  /**
   * The answer was taken back before it went out: it is approved again and the clocks that it met run on. With
   * `earlierAnswerAt` an answer before it stands, and they stay met.
   */
  recallReply(outgoingMessageId: string, earlierAnswerAt: Date | null, now: Date): void {
    const { status, answeredAt, acknowledgedAt } = this.state;
    if (status !== 'sent' || answeredAt === null) throw new CaseRuleRefused('No reply of this case can be taken back.');
    const answered = earlierAnswerAt !== null;
    const acknowledged = answered || acknowledgedAt?.getTime() !== answeredAt.getTime();
    const clocks: ClockName[] = answered ? [] : acknowledged ? ['reply', 'update'] : ['reply', 'update', 'acknowledge'];
    const deadlines = unsettle(this.state.deadlines, clocks, londonDate(answeredAt));
    this.happened(
      'casework.reply-recalled',
      {
        on: londonDate(now),
        outgoingMessageId,
        answered,
        acknowledged,
        deadlines: deadlines.filter(isRunning).map(factOf),
      },
      now,
      {
        status: 'approved',
        draftState: 'approved',
        answeredAt: earlierAnswerAt,
        acknowledgedAt: acknowledged ? acknowledgedAt : null,
        deadlines,
      },
    );
  }

  holdUpdate(
    outgoingMessageId: string | null,
    clocks: readonly ClockPolicy[],
    counter: DeadlineCounter,
    newId: () => string,
    now: Date,
  ): void {
    this.require('hold-update');
    const on = londonDate(now);
    const kept = settle(this.state.deadlines, ['update'], on);
    const policy = clocks.find(({ clock }) => clock === 'update');
    const next = policy && this.state.answeredAt === null ? startDeadline(newId(), policy, on, counter, now) : null;
    this.happened('casework.holding-update-sent', { on, outgoingMessageId, nextUpdateBy: next?.dueOn ?? null }, now, {
      deadlines: next ? [...kept, next] : kept,
    });
  }

  /** `automatic` acknowledgements are refused where a risk flag holds them: a person must look first. */
  acknowledge(outgoingMessageId: string | null, automatic: boolean, now: Date): void {
    if (automatic && this.state.acknowledgementHeld)
      throw new CaseRuleRefused('A risk flag holds the acknowledgement.');
    if (this.state.acknowledgedAt !== null) return;
    const on = londonDate(now);
    this.happened('casework.acknowledged', { on, automatic, outgoingMessageId }, now, {
      acknowledgedAt: now,
      deadlines: settle(this.state.deadlines, ['acknowledge'], on),
    });
  }

  holdAcknowledgement(because: string, now: Date): void {
    this.happened('casework.acknowledgement-held', { because }, now, {});
  }

  /** `reason` is a code; `words` are a person's own, kept apart. */
  close(reason: string, now: Date, words: KeptText | null = null): void {
    this.require('close');
    this.end(reason, 'closed', now, words);
  }

  /** Closed at once and without a clock: nobody waits for an answer. */
  closeWithoutReply(reason: string, now: Date): void {
    this.end(reason, 'no-reply-needed', now, null);
  }

  reopen(
    because: string,
    clocks: readonly ClockPolicy[],
    counter: DeadlineCounter,
    newId: () => string,
    now: Date,
    words: KeptText | null = null,
  ): void {
    this.require('reopen');
    if (this.state.joinedTo !== null) throw new CaseRuleRefused('What was on this case goes on in another one.');
    this.startAgain(because, clocks, counter, newId, now, words);
  }

  link(linkedCaseId: string, now: Date): void {
    this.require('link');
    if (linkedCaseId === this.id) throw new CaseRuleRefused('A case cannot be linked to itself.');
    this.happened('casework.case-linked', { linkedCaseId }, now, {});
  }

  unlink(linkedCaseId: string, now: Date): void {
    this.require('link');
    this.happened('casework.case-unlinked', { linkedCaseId }, now, {});
  }

  /** Ends here and goes on in another case: the two turned out to be one conversation. */
  joinTo(into: Pick<CaseState, 'id' | 'reference'>, because: string, now: Date): void {
    if (into.id === this.id) throw new CaseRuleRefused('A case cannot be joined to itself.');
    const on = londonDate(now);
    this.happened('casework.case-joined', { intoCaseId: into.id, intoReference: into.reference, because, on }, now, {
      status: 'closed',
      closeReason: 'joined',
      closedAt: now,
      joinedTo: into.id,
      deadlines: stopAll(this.state.deadlines),
    });
  }

  /** Takes over what was on the other case: the graver risk counts, and the earlier receipt. */
  absorb(
    other: Pick<CaseState, 'id' | 'reference' | 'riskLevel' | 'receivedOn'>,
    counter: DeadlineCounter,
    now: Date,
  ): void {
    const { id: caseId, reference, riskLevel, receivedOn } = other;
    const deadlines = this.state.deadlines.map((deadline) =>
      isRunning(deadline) && deadline.fromDay > receivedOn
        ? recount(deadline, counter, { fromDay: receivedOn })
        : deadline,
    );
    const facts = { caseId, reference, riskLevel, deadlines: deadlines.filter(isRunning).map(factOf) };
    this.happened('casework.case-absorbed', facts, now, { ...this.raisedTo(riskLevel), deadlines });
  }

  note(noteId: string, now: Date): void {
    this.require('note');
    this.happened('casework.note-added', { noteId }, now, {});
  }

  quarantine(score: number, now: Date): void {
    this.require('mark-spam');
    const deadlines = stopAll(this.state.deadlines);
    this.happened('casework.case-quarantined', { score }, now, {
      status: 'quarantined',
      queue: 'quarantine',
      deadlines,
    });
  }

  /** Its clocks count from receipt, as if it had never been held. */
  release(clocks: readonly ClockPolicy[], counter: DeadlineCounter, newId: () => string, now: Date): void {
    this.require('release');
    const deadlines = clocks.map((clock) => startDeadline(newId(), clock, this.state.receivedOn, counter, now));
    this.happened('casework.case-released', { deadlines: deadlines.map(factOf) }, now, {
      status: 'received',
      queue: 'triage',
      answerable: true,
      deadlines: [...this.state.deadlines, ...deadlines],
    });
  }

  confirmRisk(alertId: string, now: Date): void {
    this.require('confirm-risk');
    this.happened('casework.risk-confirmed', { alertId }, now, { riskConfirmedAt: now });
  }

  confirmSender(messageId: string, now: Date): void {
    this.require('confirm-sender');
    this.happened('casework.sender-confirmed', { messageId }, now, {});
  }

  recordBounce(outgoingMessageId: string, severity: string, now: Date): void {
    this.happened('casework.answer-bounced', { outgoingMessageId, severity }, now, {});
  }

  /** A file that came with a message is held back. It changes nothing of the work: the letter waits as before. */
  findVirus(attachmentId: string, messageId: string, finding: string, now: Date): void {
    this.happened('casework.virus-found', { attachmentId, messageId, finding }, now, {});
  }

  /** A flagged letter is not closed by a click: whoever is in danger may be made to withdraw. */
  senderWithdrew(now: Date): void {
    const isOpen = !isEnded(this.state.status) && this.state.status !== 'quarantined';
    if (!isOpen) throw new CaseRuleRefused('There is nothing left to withdraw.');
    const closes = this.state.riskLevel === 'none' && allowedActions(this.state.status).includes('close');
    this.happened('casework.sender-withdrew', { on: londonDate(now), closes }, now, {});
    if (closes) this.end('withdrawn', 'closed', now, null);
  }

  /** What was answered or closed is taken up again; on what is still open the sender's words are enough. */
  senderNotSatisfied(clocks: readonly ClockPolicy[], counter: DeadlineCounter, newId: () => string, now: Date): void {
    if (this.state.status === 'quarantined') throw new CaseRuleRefused('This case is held.');
    this.happened('casework.sender-not-satisfied', { on: londonDate(now) }, now, {});
    if (isEnded(this.state.status) || this.state.status === 'sent') {
      this.startAgain('sender-not-satisfied', clocks, counter, newId, now, null);
    }
  }

  warn(clock: ClockName, dueOn: string, now: Date): boolean {
    if (!this.isStillDue(clock, dueOn, 'open')) return false;
    this.happened('casework.deadline-warned', { clock, dueOn }, now, {});
    return true;
  }

  /** Its day has passed. */
  miss(clock: ClockName, dueOn: string, now: Date): boolean {
    const deadline = this.isStillDue(clock, dueOn, 'open');
    if (!deadline) return false;
    this.happened('casework.deadline-missed', { clock, dueOn }, now, {
      deadlines: this.replace({ ...deadline, status: 'missed' }),
    });
    return true;
  }

  /** Only these people see it from now on. Whoever works on it must be among them, or it would be overlooked. */
  restrict(people: readonly string[], reason: KeptText, now: Date): void {
    const { assignee } = this.state;
    if (people.length === 0) throw new InvalidCaseInput('/people', 'must name at least one person');
    if (assignee !== null && !people.includes(assignee)) {
      throw new InvalidCaseInput('/people', 'must name the person whom the case is allocated to');
    }
    this.happened('casework.case-restricted', { people: [...people], ...reason }, now, {});
  }

  liftRestriction(reason: KeptText, now: Date): void {
    this.happened('casework.restriction-lifted', { ...reason }, now, {});
  }

  /** A conflict of interest: the person must not see the case. What was theirs goes back to its queue. */
  declareConflict(person: string, reason: KeptText, now: Date): void {
    const change = this.state.assignee === person ? { assignee: null } : {};
    this.happened('casework.conflict-declared', { person, ...reason }, now, change);
  }

  /** A new holiday calendar: running deadlines are counted again and say which moved; settled ones never move. */
  recountDeadlines(counter: DeadlineCounter, because: string, now: Date): void {
    for (const deadline of this.state.deadlines.filter(isRunning)) {
      const counted = recount(deadline, counter, {});
      if (counted.dueOn === deadline.dueOn || counted.dueOn === null || deadline.dueOn === null) continue;
      this.happened(
        'casework.deadline-moved',
        {
          clock: deadline.clock,
          from: deadline.dueOn,
          to: counted.dueOn,
          calendarVersion: counter.calendarVersion,
          because,
        },
        now,
        { deadlines: this.replace({ ...counted, movedFrom: deadline.dueOn, movedBecause: because }) },
      );
    }
  }

  /** An answerable case must never be without a clock: those of its category count from receipt. */
  startMissingClocks(clocks: readonly ClockPolicy[], counter: DeadlineCounter, newId: () => string, now: Date): void {
    const { answerable, answeredAt, status, receivedOn } = this.state;
    if (!answerable || answeredAt !== null || isEnded(status) || this.state.deadlines.some(isRunning)) return;
    const started = clocks
      .filter(({ clock }) => clock === 'reply' || clock === 'update')
      .map((clock) => startDeadline(newId(), clock, receivedOn, counter, now));
    this.happened('casework.deadlines-set', { deadlines: started.map(factOf), because: 'clockless' }, now, {
      deadlines: [...this.state.deadlines, ...started],
    });
  }

  dueOn(clock: ClockName): string | null {
    return dueOnOf(this.state.deadlines, clock);
  }

  private raisedTo(riskLevel: string): Partial<CaseState> {
    const isGraver = RISK_LEVELS.indexOf(riskLevel) > RISK_LEVELS.indexOf(this.state.riskLevel);
    return isGraver ? { riskLevel, riskConfirmedAt: null, priority: 'urgent' } : {};
  }

  private flag(level: string, messageId: string, now: Date): void {
    if (level !== 'none') this.happened('casework.risk-raised', { level, messageId }, now, {});
  }

  private isStillDue(clock: ClockName, dueOn: string, status: CaseDeadline['status']): CaseDeadline | undefined {
    return this.state.deadlines.find((each) => each.clock === clock && each.dueOn === dueOn && each.status === status);
  }

  private end(reason: string, status: 'closed' | 'no-reply-needed', now: Date, words: KeptText | null): void {
    const deadlines = stopAll(this.state.deadlines);
    this.happened('casework.case-closed', { reason, on: londonDate(now), ...words }, now, {
      status,
      closeReason: reason,
      closedAt: now,
      pausedSince: null,
      statusBeforePause: null,
      draftState: null,
      deadlines,
    });
  }

  private startAgain(
    because: string,
    clocks: readonly ClockPolicy[],
    counter: DeadlineCounter,
    newId: () => string,
    now: Date,
    words: KeptText | null,
  ): void {
    const on = londonDate(now);
    const fresh = clocks
      .filter(({ clock }) => clock === 'reply' || clock === 'update')
      .map((clock) => startDeadline(newId(), clock, on, counter, now));
    const facts = { on, because, ...words, deadlines: fresh.map(factOf) };
    this.happened('casework.case-reopened', facts, now, {
      status: 'reopened',
      answeredAt: null,
      closedAt: null,
      closeReason: null,
      answerable: true,
      queue: this.state.queue ?? 'triage',
      deadlines: [...this.state.deadlines, ...fresh],
    });
  }

  private replace(changed: CaseDeadline): CaseDeadline[] {
    return this.state.deadlines.map((each) => (each.id === changed.id ? changed : each));
  }

  private require(action: CaseAction): void {
    if (!allowedActions(this.state.status).includes(action)) throw new ActionNotAllowed(action, this.state.status);
  }

  private happened<T extends CaseEventType>(
    type: T,
    data: CaseEventData[T],
    now: Date,
    changes: Partial<CaseState>,
  ): void {
    this.record({ type, schemaVersion: CASE_EVENT_VERSIONS[type], data, effectiveAt: now } as CaseEvent);
    this.state = { ...this.state, ...changes, version: this.state.version + 1 };
  }
}
