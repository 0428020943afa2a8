import { isDay } from '@app/kernel';
import type { DueDays } from '../due-days';
import { InputCheck, ScrutinyRefused } from '../scrutiny.errors';
import { ScrutinyRecord, type KeptText, type RecordedFact, type RecordLine } from '../scrutiny-record';
import { awaitedOn, noticeChain, type ChainFacts, type ChainRule } from './notice-chain';

/** A reference of the force: letters, digits and a few signs, at least one digit, so that no name gets into the log. */
const FORCE_REFERENCE = /^(?=.*\d)[A-Z0-9][A-Z0-9/.\-]{2,39}$/;

export interface Notice {
  readonly receivedOn: string;
  readonly caseId: string | null;
  readonly expectedEnd: string | null;
  readonly reasonsId: string | null;
}

export interface InvestigationState {
  readonly reference: string;
  readonly startedOn: string;
  readonly rule: ChainRule;
  readonly firstDueOn: string;
  readonly nextDueOn: string | null;
  readonly notices: readonly Notice[];
  readonly finalisedOn: string | null;
  /** Entered by mistake: it counts nowhere. */
  readonly struckOn: string | null;
}

export interface NoticeInput {
  readonly receivedOn: string;
  readonly caseId: string | null;
  readonly expectedEnd: string | null;
  readonly reasons: KeptText | null;
}

/** An investigation of the force that goes on for long, and the notices that the force owes the office about it (R2.11). */
export class Investigation extends ScrutinyRecord<InvestigationState> {
  readonly kind = 'investigation';

  enter(input: { reference: string; startedOn: string }, rule: ChainRule, today: string, at: Date, due: DueDays): void {
    const { reference, startedOn } = input;
    const check = new InputCheck()
      .require(
        FORCE_REFERENCE.test(reference),
        'forceReference',
        'Enter the reference of the force, like CO/1234/25: letters, digits, / - or ., and no names',
      )
      .require(isDay(startedOn), 'startedOn', 'Enter the day on which the investigation started');
    if (isDay(startedOn)) check.require(startedOn <= today, 'startedOn', 'The start must not be in the future');
    check.done();
    const firstDueOn = due.months(startedOn, rule.firstMonths).dueOn;
    const chain = { firstMonths: rule.firstMonths, everyMonths: rule.everyMonths, nextFrom: rule.nextFrom };
    this.happen('investigation-entered', { forceReference: reference, startedOn, firstDueOn, chain }, at);
  }

  receive(input: NoticeInput, today: string, at: Date, due: DueDays): void {
    const { receivedOn, caseId, expectedEnd, reasons } = input;
    this.refuseWhenOver();
    const last = this.state.notices.at(-1)?.receivedOn ?? this.state.startedOn;
    const check = new InputCheck()
      .require(isDay(receivedOn), 'receivedOn', 'Enter the day on which the notice came')
      .require(
        expectedEnd === null || (isDay(expectedEnd) && expectedEnd >= receivedOn),
        'expectedEnd',
        'The expected end must be a day after the notice came',
      );
    if (isDay(receivedOn)) {
      check
        .require(receivedOn <= today, 'receivedOn', 'The day of receipt must not be in the future')
        .require(receivedOn >= last, 'receivedOn', 'The notice must come after the start and the notice before');
    }
    check.done();
    if (caseId !== null && this.state.notices.some((notice) => notice.caseId === caseId))
      throw new ScrutinyRefused('The notice of this case is recorded already.');
    const before = chainFacts(this.state);
    const slots = noticeChain({ ...before, receivedOn: [...before.receivedOn, receivedOn] }, receivedOn, due);
    const answers = slots.filter((slot) => slot.receivedOn !== null);
    const isOneMore =
      answers.length > noticeChain(before, receivedOn, due).filter((slot) => slot.receivedOn !== null).length;
    const data = {
      number: this.state.notices.length + 1,
      receivedOn,
      caseId,
      expectedEnd,
      answersDueOn: isOneMore ? (answers.at(-1)?.dueOn ?? null) : null,
      nextDueOn: awaitedOn(slots),
      reasonsId: reasons?.id ?? null,
      reasonsCommitment: reasons?.commitment ?? null,
    };
    this.happen('notice-received', data, at);
  }

  finalise(on: string, today: string, at: Date): void {
    this.refuseWhenOver();
    const last = this.state.notices.at(-1)?.receivedOn ?? this.state.startedOn;
    new InputCheck()
      .require(
        isDay(on) && on <= today && on >= last,
        'on',
        'Enter the day on which it was finalised, today at the latest',
      )
      .done();
    this.happen('investigation-finalised', { on }, at);
  }

  /** The start was entered wrongly: the chain is counted anew. */
  correctStart(startedOn: string, reason: KeptText, today: string, at: Date, due: DueDays): void {
    this.refuseWhenOver();
    const first = this.state.notices[0]?.receivedOn ?? today;
    new InputCheck()
      .require(
        isDay(startedOn) && startedOn <= first,
        'startedOn',
        'Enter a day before the first notice, today at the latest',
      )
      .done();
    const slots = noticeChain({ ...chainFacts(this.state), startedOn }, '0001-01-01', due);
    const data = {
      startedOn,
      firstDueOn: due.months(startedOn, this.state.rule.firstMonths).dueOn,
      nextDueOn: awaitedOn(slots),
      reasonId: reason.id,
      reasonCommitment: reason.commitment,
    };
    this.happen('investigation-corrected', data, at);
  }

  strike(reason: KeptText, on: string, at: Date): void {
    if (this.state.struckOn !== null) throw new ScrutinyRefused('It is struck out already.');
    this.happen('investigation-struck', { on, reasonId: reason.id, reasonCommitment: reason.commitment }, at);
  }

  line(): RecordLine {
    const { reference, startedOn, nextDueOn, finalisedOn, struckOn } = this.state;
    const isOpen = finalisedOn === null && struckOn === null;
    return { caseId: null, reference, dueOn: isOpen ? nextDueOn : null, isOpen, listedOn: startedOn };
  }

  protected fold(state: InvestigationState | null, fact: RecordedFact): InvestigationState {
    return foldInvestigation(state, fact);
  }

  private refuseWhenOver(): void {
    if (this.state.struckOn !== null) throw new ScrutinyRefused('This investigation was entered by mistake.');
    if (this.state.finalisedOn !== null)
      throw new ScrutinyRefused('This investigation is finalised: no notice is due.');
  }
}

export function chainFacts({ startedOn, rule, notices, finalisedOn }: InvestigationState): ChainFacts {
  return { startedOn, rule, receivedOn: notices.map(({ receivedOn }) => receivedOn), finalisedOn };
}

export function foldInvestigation(state: InvestigationState | null, { type, data }: RecordedFact): InvestigationState {
  const day = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  if (type === 'scrutiny.investigation-entered') {
    const firstDueOn = day('firstDueOn') ?? '';
    return {
      reference: day('forceReference') ?? '',
      startedOn: day('startedOn') ?? '',
      rule: data.chain as unknown as ChainRule,
      firstDueOn,
      nextDueOn: firstDueOn,
      notices: [],
      finalisedOn: null,
      struckOn: null,
    };
  }
  if (state === null) throw new Error(`${type} before the investigation was entered`);
  switch (type) {
    case 'scrutiny.notice-received': {
      const notice = {
        receivedOn: day('receivedOn') ?? '',
        caseId: day('caseId'),
        expectedEnd: day('expectedEnd'),
        reasonsId: day('reasonsId'),
      };
      return { ...state, notices: [...state.notices, notice], nextDueOn: day('nextDueOn') };
    }
    case 'scrutiny.investigation-finalised':
      return { ...state, finalisedOn: day('on'), nextDueOn: null };
    case 'scrutiny.investigation-corrected':
      return {
        ...state,
        startedOn: day('startedOn') ?? state.startedOn,
        firstDueOn: day('firstDueOn') ?? state.firstDueOn,
        nextDueOn: day('nextDueOn'),
      };
    case 'scrutiny.investigation-struck':
      return { ...state, struckOn: day('on'), nextDueOn: null };
    default:
      return state;
  }
}
