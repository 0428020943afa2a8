import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { Calendars, Offices, type Office } from '@app/offices';
import { nonWorkingDays, type Eligibility, type EligibilitySettings } from '@app/reviews';
import { checkReviewStep } from './review-answers';
import { REVIEW_PATH, type ReviewWriting } from './review-drafting';
import { eligibilityOf } from './review-facts';
import { stepsAsked, type ReviewAnswers, type ReviewStep } from './review-questions';

/** Where an application stands: what is asked, what is still open and what the law says so far. */
export interface Standing {
  readonly offices: readonly Office[];
  readonly officeIds: readonly string[];
  readonly today: string;
  readonly settings: EligibilitySettings;
  readonly eligibility: Eligibility | null;
  readonly steps: readonly ReviewStep[];
  /** The first page that still has to be answered; null when all is there. */
  readonly open: string | null;
}

/** Works out where an application stands, today. */
@Injectable()
export class ReviewProgress {
  constructor(
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  async of(answers: ReviewAnswers, done: readonly string[]): Promise<Standing> {
    const offices = await this.offices.all();
    const officeIds = offices.map(({ id }) => id);
    const today = londonDate(this.clock.now());
    const calendar = await this.calendars.current();
    const settings = { isNonWorkingDay: nonWorkingDays(calendar) };
    const eligibility = eligibilityOf(answers, offices, today, settings);
    const steps = stepsAsked({ answers, isLate: eligibility?.inTime === false });
    const isOpen = (step: ReviewStep): boolean =>
      !done.includes(step.step) || checkReviewStep(step, answers, { offices: officeIds, today }).length > 0;
    // Days that contradict each other across pages are put right where the first of them is asked.
    const open = steps.find(isOpen)?.step ?? (eligibility === null ? 'made' : null);
    return { offices, officeIds, today, settings, eligibility, steps, open };
  }

  ofWriting({ answers, done }: Pick<ReviewWriting, 'answers' | 'done'>): Promise<Standing> {
    return this.of(answers, done);
  }
}

/** Where the form goes on. */
export function nextPath({ open }: Standing): string {
  return `${REVIEW_PATH}/${open ?? 'check'}`;
}

/** Where the way back leads: to the summary once all is there, else one page back. */
export function pathBefore(step: string, { steps, open }: Standing): string {
  if (open === null) return `${REVIEW_PATH}/check`;
  const before = steps[steps.findIndex((each) => each.step === step) - 1];
  return before === undefined ? REVIEW_PATH : `${REVIEW_PATH}/${before.step}`;
}
