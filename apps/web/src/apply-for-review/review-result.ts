import { dayInWords } from '@app/kernel';
import type { Eligibility } from '@app/reviews';
import { calendarStrip, type CalendarStrip } from '../calendar-strip/calendar-strip';
import { fill, textAt, type Messages } from '../http/messages';
import { namedBody } from './review-facts';
import type { Standing } from './review-progress';
import type { ReviewAnswers } from './review-questions';

export type FindingState = 'yes' | 'no' | 'check';

export interface Finding {
  readonly key: string;
  readonly title: string;
  readonly state: FindingState;
  readonly stateText: string;
  readonly text: string;
  /** The number of the rule, and where the law says it. */
  readonly rule: string;
  readonly law: string;
}

export interface ResultModel {
  readonly overall: FindingState;
  readonly heading: string;
  readonly lead: string;
  readonly findings: readonly Finding[];
  readonly strip: CalendarStrip | null;
  readonly stripWords: Messages;
  readonly isLastDayNonWorking: boolean;
}

type Part = readonly [key: string, state: FindingState, text: string, rule: string, values?: Record<string, string>];

/** What the law says, plainly: it turns nobody away, because the office decides and not a page. */
export function resultModel(answers: ReviewAnswers, standing: Standing, m: Messages): ResultModel | null {
  const { eligibility, settings } = standing;
  if (eligibility === null) return null;
  const text = (path: string): string => textAt(m, `review.result.${path}`);
  const parts: readonly Part[] = [
    finished(answers),
    right(answers),
    ...regime(eligibility),
    applicant(answers),
    body(answers),
    time(answers, eligibility, m),
    ...made(eligibility),
  ];
  const findings = parts.map(([key, state, path, rule, values = {}]) => ({
    key,
    state,
    rule,
    law: text(`law.${rule.replace('.', '-')}`),
    title: text(`finding.${key}.title`),
    stateText: text(`state.${state}`),
    text: fill(text(`finding.${key}.${path}`), values),
  }));
  const has = (state: FindingState): boolean => findings.some((finding) => finding.state === state);
  const overall = has('no') ? 'no' : has('check') ? 'check' : 'yes';
  const stripWords = m.calendarStrip as Messages;
  const isNonWorkingDay = settings.isNonWorkingDay ?? ((): boolean => false);
  return {
    overall,
    heading: text(`heading.${overall}`),
    lead: text(`lead.${overall}`),
    findings,
    strip: calendarStrip(eligibility.count, { isNonWorkingDay, isToday: true, words: stripWords }),
    stripWords,
    isLastDayNonWorking: eligibility.count.lastDayIsNonWorking,
  };
}

function finished({ outcome }: ReviewAnswers): Part {
  return outcome === 'yes' ? ['finished', 'yes', 'yes', 'R1.8'] : ['finished', 'no', 'no', 'R1.8'];
}

function right({ recorded, handling }: ReviewAnswers): Part {
  if (recorded === 'no') return ['right', 'no', 'outside', 'R1.3'];
  if (handling === 'iopc-directed' || handling === 'iopc-independent') return ['right', 'no', 'iopc', 'R1.4'];
  const isUnsure = recorded === 'unsure' || handling === 'unsure';
  return isUnsure ? ['right', 'check', 'check', 'R1.2'] : ['right', 'yes', 'yes', 'R1.2'];
}

function regime({ obstacles }: Eligibility): readonly Part[] {
  return obstacles.includes('pre-2020-appeal') ? [['regime', 'no', 'no', 'R1.6']] : [];
}

function applicant({ who, consent }: ReviewAnswers): Part {
  if (who === 'other') return ['applicant', 'no', 'other', 'R1.1'];
  if (who !== 'representative') return ['applicant', 'yes', 'complainant', 'R1.1'];
  return consent === 'yes' ? ['applicant', 'yes', 'representative', 'R1.1'] : ['applicant', 'check', 'consent', 'R1.1'];
}

function body(answers: ReviewAnswers): Part {
  const named = namedBody(answers);
  if (named === 'iopc') return ['body', 'no', 'iopc', 'R1.40'];
  if (named === 'other' || answers.force === 'other') return ['body', 'no', 'other', 'R1.34'];
  return named === 'office' ? ['body', 'yes', 'yes', 'R1.30'] : ['body', 'check', 'unsure', 'R1.32'];
}

function time({ outcome }: ReviewAnswers, { count, inTime }: Eligibility, m: Messages): Part {
  if (count.lastDay === null) return ['time', 'yes', outcome === 'yes' ? 'none' : 'letter', 'R1.20'];
  const lastDay = dayInWords(count.lastDay);
  if (inTime && count.excludedFrom !== null) return ['time', 'yes', 'elsewhere', 'R1.24', { lastDay }];
  if (inTime) return ['time', 'yes', 'yes', 'R1.21', { lastDay }];
  const [one, many] = [textAt(m, 'review.result.oneDay'), textAt(m, 'review.result.days')];
  const days = count.daysLate === 1 ? one : fill(many, { number: count.daysLate });
  return ['time', 'no', 'no', 'R1.25', { lastDay, days }];
}

function made({ obstacles }: Eligibility): readonly Part[] {
  return obstacles.includes('insufficient-information') ? [['made', 'check', 'no', 'R1.10']] : [];
}
