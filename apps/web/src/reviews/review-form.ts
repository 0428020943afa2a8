import type { CaseChoices, CaseDetail } from '@app/casework';
import type { Reviewer, ReviewAct, ReviewAction, ReviewView } from '@app/reviews';
import type { Fields } from '../case/form-fields';
import type { ReviewField } from './form-field';

/** What the fields of a form depend on. */
export interface ReviewFormContext {
  readonly view: ReviewView;
  readonly case: CaseDetail;
  readonly choices: CaseChoices;
  readonly reviewers: readonly Reviewer[];
  readonly me: string;
  readonly today: string;
  /** What the address asks for, such as the allegation that a finding is about. */
  readonly asked: Fields;
}

/** An act on a review with a page of its own: what it asks, and the act that the answers become. */
export interface ReviewForm {
  readonly action: ReviewAction;
  readonly title: string;
  readonly button: string;
  readonly isWarning?: boolean;
  /** The part of the review to go back to, as in its address; empty for the overview. */
  readonly part: '' | 'eligibility' | 'papers' | 'findings' | 'decision';
  readonly notice: string;
  /** What has already been found, above the questions. */
  readonly shows?: 'findings';
  /** The field that a refusal without a field belongs to. */
  readonly refusedAt?: string;
  intro?(context: ReviewFormContext): string | null;
  fields(context: ReviewFormContext): readonly ReviewField[];
  /** What is wrong with the answers together, before the act is tried. */
  check?(values: Fields, context: ReviewFormContext): readonly (readonly [field: string, text: string])[];
  act(values: Fields, context: ReviewFormContext): ReviewAct;
}

export const LONGEST_TEXT = 20_000;

/** Nothing typed is nothing said. */
export function saidOrNull(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text;
}
