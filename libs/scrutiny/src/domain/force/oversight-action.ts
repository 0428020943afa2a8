import { isDay } from '@app/kernel';
import { InputCheck, ScrutinyRefused } from '../scrutiny.errors';
import { ScrutinyRecord, type KeptText, type RecordedFact, type RecordLine } from '../scrutiny-record';
import { isReference } from '../samples/population';

/** R2.9: the office refers a force complaint to the IOPC itself. R2.10: it directs the chief officer to comply. */
export const ACTION_KINDS = ['iopc-referral', 'direction-to-comply'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** Police Reform Act 2002, Schedule 3, paragraph 4(3), and section 15(2B). */
export const ACTION_GROUNDS: Readonly<Record<ActionKind, readonly string[]>> = {
  'iopc-referral': ['gravity', 'exceptional-circumstances'],
  'direction-to-comply': ['duty-not-met', 'duty-not-met-in-time'],
};

export interface OversightActionState {
  readonly action: string;
  readonly ground: string;
  readonly on: string;
  readonly forceReference: string | null;
  readonly caseId: string | null;
  readonly reasonsId: string;
  readonly answerBy: string | null;
  readonly answeredOn: string | null;
  readonly answerCode: string | null;
  readonly answerId: string | null;
}

export const ANSWER_CODES: Readonly<Record<ActionKind, readonly string[]>> = {
  'iopc-referral': ['iopc-investigates', 'returned-to-force', 'iopc-directs'],
  'direction-to-comply': ['complied', 'partly-complied', 'not-complied'],
};

export interface ActionInput {
  readonly action: string;
  readonly ground: string;
  readonly on: string;
  readonly forceReference: string | null;
  readonly caseId: string | null;
  readonly answerBy: string | null;
}

/** What the office did about a complaint that the force handles, with its reasons. */
export class OversightAction extends ScrutinyRecord<OversightActionState> {
  readonly kind = 'oversight-action';

  take(input: ActionInput, reasons: KeptText, today: string, at: Date): void {
    const { action, ground, on, forceReference, answerBy } = input;
    const grounds = isActionKind(action) ? ACTION_GROUNDS[action] : [];
    new InputCheck()
      .require(isActionKind(action), 'action', 'Choose what was done')
      .require(!isActionKind(action) || grounds.includes(ground), 'ground', 'Choose the ground')
      .require(isDay(on) && on <= today, 'on', 'Enter the day, today at the latest')
      .require(
        forceReference === null || isReference(forceReference),
        'forceReference',
        'Enter the reference of the force, like CO/1234/25, without names',
      )
      .require(answerBy === null || (isDay(answerBy) && answerBy >= on), 'answerBy', 'It must not be before the day')
      .done();
    const { id: reasonsId, commitment: reasonsCommitment } = reasons;
    this.happen('oversight-action-taken', { ...input, reasonsId, reasonsCommitment }, at);
  }

  recordAnswer(input: { on: string; code: string }, text: KeptText, today: string, at: Date): void {
    const { action, on: takenOn, answeredOn } = this.state;
    if (answeredOn !== null) throw new ScrutinyRefused('The answer is recorded already.');
    const codes = isActionKind(action) ? ANSWER_CODES[action] : [];
    new InputCheck()
      .require(codes.includes(input.code), 'code', 'Choose what was answered')
      .require(isDay(input.on) && input.on >= takenOn && input.on <= today, 'on', 'Enter the day of the answer')
      .done();
    this.happen('oversight-action-answered', { ...input, textId: text.id, textCommitment: text.commitment }, at);
  }

  line(): RecordLine {
    const { on, answerBy, answeredOn, caseId } = this.state;
    const isOpen = answeredOn === null;
    return { caseId, reference: null, dueOn: isOpen ? answerBy : null, isOpen, listedOn: on };
  }

  protected fold(state: OversightActionState | null, fact: RecordedFact): OversightActionState {
    return foldOversightAction(state, fact);
  }
}

export function foldOversightAction(
  state: OversightActionState | null,
  { type, data }: RecordedFact,
): OversightActionState {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  if (type === 'scrutiny.oversight-action-taken' || state === null) {
    return {
      action: text('action') ?? '',
      ground: text('ground') ?? '',
      on: text('on') ?? '',
      forceReference: text('forceReference'),
      caseId: text('caseId'),
      reasonsId: text('reasonsId') ?? '',
      answerBy: text('answerBy'),
      ...{ answeredOn: null, answerCode: null, answerId: null },
    };
  }
  return { ...state, answeredOn: text('on'), answerCode: text('code'), answerId: text('textId') };
}

export function isActionKind(text: string): text is ActionKind {
  return (ACTION_KINDS as readonly string[]).includes(text);
}
