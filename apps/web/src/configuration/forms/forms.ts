import {
  AREA,
  CATEGORY,
  CONTACT,
  COUNCIL,
  DESTINATION,
  OFFICE,
  PLAN,
  POSTCODE_DISTRICT,
  QUEUE,
  TEAM,
  TEMPLATE,
} from './office-forms';
import { PUBLICATION_RULE } from './publication-forms';
import {
  ALLEGATION_CATEGORY,
  BUNDLE_PAPER,
  DELEGATION,
  LEARNING_THEME,
  RECOMMENDATION_TYPE,
  REVIEW_STANDARD,
} from './review-forms';
import { RISK_PHRASE, STANDARD, TRIAGE_RULE } from './rule-forms';
import { DIP_SAMPLE_SHEET, SCRUTINY_LIST, SCRUTINY_SETTINGS } from './scrutiny-forms';
import type { FormField } from './form-field';

/** The form of each kind of configuration. */
export const FORMS: Readonly<Record<string, readonly FormField[]>> = {
  office: OFFICE,
  queue: QUEUE,
  team: TEAM,
  category: CATEGORY,
  destination: DESTINATION,
  contact: CONTACT,
  standard: STANDARD,
  template: TEMPLATE,
  'triage-rule': TRIAGE_RULE,
  'risk-phrase': RISK_PHRASE,
  area: AREA,
  'postcode-district': POSTCODE_DISTRICT,
  council: COUNCIL,
  plan: PLAN,
  'review-standard': REVIEW_STANDARD,
  'bundle-paper': BUNDLE_PAPER,
  'recommendation-type': RECOMMENDATION_TYPE,
  'learning-theme': LEARNING_THEME,
  'allegation-category': ALLEGATION_CATEGORY,
  delegation: DELEGATION,
  'publication-rule': PUBLICATION_RULE,
  'scrutiny-settings': SCRUTINY_SETTINGS,
  'scrutiny-list': SCRUTINY_LIST,
  'dip-sample-sheet': DIP_SAMPLE_SHEET,
};

export function formOf(kind: string): readonly FormField[] {
  return FORMS[kind] ?? [];
}
