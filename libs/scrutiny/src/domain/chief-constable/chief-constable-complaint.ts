import { isDay } from '@app/kernel';
import type { DueDays } from '../due-days';
import { InputCheck, ScrutinyRefused } from '../scrutiny.errors';
import { ScrutinyRecord, type KeptText, type RecordedFact, type RecordLine } from '../scrutiny-record';
import { foldChiefConstableComplaint, type ChiefConstableState } from './chief-constable-state';

/** R2.5: only acts of the chief constable in person are the office's; those of officers under command are PSD's. */
export const CONDUCT_OF = ['personal', 'under-command'] as const;
export const RECORDING_DECISIONS = ['recorded', 'not-recorded', 'outside-schedule-3'] as const;
export const REFERRAL_DECISIONS = ['mandatory', 'voluntary', 'not-referred'] as const;
export const HANDLING_ROUTES = [
  'local-investigation',
  'iopc-directed',
  'iopc-independent',
  'otherwise-than-by-investigation',
  'service-recovery',
] as const;
export const OUTCOMES = [
  'service-acceptable',
  'service-not-acceptable',
  'case-to-answer',
  'no-case-to-answer',
  'resolved',
  'no-further-action',
  'withdrawn',
] as const;

/** One criterion of the mandatory referral test and whether it is met. */
export type ReferralTest = Readonly<Record<string, 'yes' | 'no' | 'unknown'>>;

export interface Step {
  readonly on: string;
  readonly today: string;
  readonly at: Date;
}

/** A complaint about the chief constable: the office is the appropriate authority (R2.5, R1.54). Kept beside its case. */
export class ChiefConstableComplaint extends ScrutinyRecord<ChiefConstableState> {
  readonly kind = 'chief-constable-complaint';

  open(input: { startedOn: string; updateDays: number; delegation: KeptText | null }, at: Date, due: DueDays): void {
    if (this.hasBegun) throw new ScrutinyRefused('There is a record of this complaint already.');
    const { startedOn, updateDays, delegation } = input;
    const updateDueOn = due.days(startedOn, updateDays).dueOn;
    const delegated = { delegationId: delegation?.id ?? null, delegationCommitment: delegation?.commitment ?? null };
    const data = { caseId: this.id, startedOn, updateDays, updateDueOn, delegatedTo: 'chief-executive', ...delegated };
    this.happen('chief-constable-complaint-opened', data, at);
  }

  assess(conduct: string, reasons: KeptText, { on, today, at }: Step): void {
    this.mayGoOn(on, today, (check) =>
      check.require(isOneOf(CONDUCT_OF, conduct), 'conduct', 'Choose whose acts the complaint is about'),
    );
    this.happen('chief-constable-complaint-assessed', { on, conduct, ...kept(reasons) }, at);
  }

  decideRecording(decision: string, reasons: KeptText, { on, today, at }: Step): void {
    this.mayGoOn(on, today, (check) =>
      check.require(isOneOf(RECORDING_DECISIONS, decision), 'decision', 'Choose the decision'),
    );
    this.mustBeOurs();
    this.happen('chief-constable-complaint-recording-decided', { on, decision, ...kept(reasons) }, at);
  }

  testReferral(
    input: { criteria: ReferralTest; asked: readonly string[]; decision: string; sentOn: string | null },
    reasons: KeptText,
    { on, today, at }: Step,
  ): void {
    const { criteria, asked, decision, sentOn } = input;
    const isMet = asked.some((key) => criteria[key] === 'yes' || criteria[key] === 'unknown');
    this.mayGoOn(on, today, (check) => {
      for (const key of asked) {
        check.require(
          isOneOf(['yes', 'no', 'unknown'], criteria[key]),
          `criteria-${key}`,
          'Choose yes, no or not known',
        );
      }
      check
        .require(isOneOf(REFERRAL_DECISIONS, decision), 'decision', 'Choose the decision')
        // Reg 4(1)(c): what cannot be excluded from the complaint alone must be referred, so "not known" counts as met.
        .require(
          decision === 'mandatory' || !isMet,
          'decision',
          'A criterion is met or cannot be excluded: the complaint must be referred to the IOPC',
        )
        .require(decision !== 'mandatory' || isMet, 'decision', 'No criterion is met: a referral would be voluntary')
        .require(
          decision === 'not-referred' ? sentOn === null : sentOn !== null && isDay(sentOn) && sentOn <= today,
          'sentOn',
          decision === 'not-referred'
            ? 'Leave the day empty: nothing is sent'
            : 'Enter the day on which it was sent to the IOPC',
        );
    });
    this.mustBeOurs();
    const test = Object.fromEntries(asked.map((key) => [key, criteria[key] ?? 'unknown']));
    this.happen(
      'chief-constable-complaint-referral-tested',
      { on, criteria: test, decision, sentOn, ...kept(reasons) },
      at,
    );
  }

  chooseRoute(route: string, reasons: KeptText, { on, today, at }: Step): void {
    this.mayGoOn(on, today, (check) => check.require(isOneOf(HANDLING_ROUTES, route), 'route', 'Choose the route'));
    this.mustBeOurs();
    if (this.state.recording !== 'recorded' && route !== 'service-recovery')
      throw new ScrutinyRefused('The complaint is not recorded: decide on recording first.');
    if (this.state.referral === null) throw new ScrutinyRefused('Apply the test for referral to the IOPC first.');
    this.happen('chief-constable-complaint-route-chosen', { on, route, ...kept(reasons) }, at);
  }

  /** R2.5, routing row 5: told how it stands every four weeks, counted from the start and then from each update. */
  giveUpdate(text: KeptText, { on, today, at }: Step, due: DueDays): void {
    this.mayGoOn(on, today, (check) =>
      check.require(
        on >= (this.state.updates.at(-1) ?? this.state.startedOn),
        'on',
        'It must not be before the last update',
      ),
    );
    const nextDueOn = due.days(on, this.state.updateDays).dueOn;
    this.happen(
      'chief-constable-complaint-update-given',
      { on, dueOn: this.state.updateDueOn, nextDueOn, ...kept(text) },
      at,
    );
  }

  /** R1.54: the review of such an outcome is the IOPC's; without the information its 28 days do not start. */
  recordOutcome(
    input: { outcome: string; reviewRightsOn: string | null },
    reasons: KeptText,
    { on, today, at }: Step,
  ): void {
    const { outcome, reviewRightsOn } = input;
    const { recording } = this.state;
    this.mayGoOn(on, today, (check) => {
      check.require(isOneOf(OUTCOMES, outcome), 'outcome', 'Choose the outcome');
      if (reviewRightsOn !== null)
        check.require(
          isDay(reviewRightsOn) && reviewRightsOn >= on && reviewRightsOn <= today,
          'reviewRightsOn',
          'Enter the day on which review-rights information was given: not before the outcome, today at the latest',
        );
      check.require(
        reviewRightsOn !== null || recording !== 'recorded' || outcome === 'withdrawn',
        'reviewRightsOn',
        'The complaint is recorded: enter the day on which review-rights information was given',
      );
    });
    this.mustBeOurs();
    if (recording === null) throw new ScrutinyRefused('Decide on recording first.');
    const data = { on, outcome, reviewBody: reviewRightsOn === null ? null : 'iopc', reviewRightsOn, ...kept(reasons) };
    this.happen('chief-constable-complaint-outcome-recorded', data, at);
  }

  line(): RecordLine {
    const { startedOn, updateDueOn, outcomeOn, conduct } = this.state;
    const isOpen = outcomeOn === null && conduct !== 'under-command';
    return { caseId: this.id, reference: null, dueOn: isOpen ? updateDueOn : null, isOpen, listedOn: startedOn };
  }

  protected fold(state: ChiefConstableState | null, fact: RecordedFact): ChiefConstableState {
    return foldChiefConstableComplaint(state, fact);
  }

  private mayGoOn(on: string, today: string, more: (check: InputCheck) => void): void {
    const { startedOn, outcomeOn, conduct } = this.state;
    if (outcomeOn !== null) throw new ScrutinyRefused('The outcome is recorded: this complaint is finished.');
    if (conduct === 'under-command')
      throw new ScrutinyRefused(
        'It is about officers under command: pass the case to the professional standards department.',
      );
    const check = new InputCheck().require(
      isDay(on) && on >= startedOn && on <= today,
      'on',
      'Enter the day: not before the complaint came, today at the latest',
    );
    more(check);
    check.done();
  }

  private mustBeOurs(): void {
    if (this.state.conduct === null) throw new ScrutinyRefused('Say first whether it is about personal conduct.');
  }
}

function kept(text: KeptText): { reasonsId: string; reasonsCommitment: string } {
  return { reasonsId: text.id, reasonsCommitment: text.commitment };
}

function isOneOf(values: readonly string[], value: unknown): boolean {
  return (values as readonly unknown[]).includes(value);
}
