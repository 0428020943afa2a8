import type { CorrespondentDetails } from '@app/casework';
import type { Office } from '@app/offices';
import { adjustmentsInWords } from '../contact/contact-letter';
import { answersOf, reachableBy } from '../contact/contact-steps';
import { fill, textAt, type Messages } from '../http/messages';
import { answerRows } from './review-check';
import { factsOf } from './review-facts';
import { stepsAsked, type ReviewAnswers } from './review-questions';

export interface ReviewLetter {
  readonly subject: string;
  readonly body: string;
  readonly correspondent: CorrespondentDetails;
}

/** The application as the office reads it: the applicant's own words and, in staff's words, what was chosen. */
export function reviewLetter(
  answers: ReviewAnswers,
  offices: readonly Office[],
  isLate: boolean,
  staff: Messages,
): ReviewLetter {
  const text = (path: string): string => textAt(staff, `review.letter.${path}`);
  const own = (key: string, value: string | undefined): readonly string[] => (value ? [`${text(key)}:\n${value}`] : []);
  const contact = answersOf(answers);
  const { email, phone, address } = reachableBy(contact);
  const chosen = stepsAsked({ answers, isLate })
    .filter(({ step }) => !OWN_WORDS.includes(step))
    .flatMap((step) => answerRows(step, answers, offices, staff))
    .map(({ label, lines }) => `${label}: ${lines.join(', ')}`);
  const safe = answers.safeContact ?? '';
  const adjustments = [adjustmentsInWords(contact.formats, contact.more, staff), safe].filter(Boolean).join('\n');
  return {
    subject: fill(text('subject'), { force: factsOf(answers, offices).force ?? '' }),
    body: [
      text('opening'),
      chosen.join('\n'),
      ...own('complaint', answers.complaint),
      ...own('grounds', answers.grounds),
      ...own('wanted', answers.wanted),
      ...own('late', isLate ? answers.lateBecause : ''),
      ...own('safe', safe),
      ...own('address', address),
    ].join('\n\n'),
    correspondent: {
      name: contact.name || null,
      email: email || null,
      phone: phone || null,
      postcode: contact.postcode || null,
      organisation: null,
      capacity: null,
      preferredChannel: contact.replyBy === 'post' ? 'letter' : contact.replyBy,
      adjustments: adjustments || null,
    },
  };
}

/** Given in full below, or kept apart. */
const OWN_WORDS: readonly string[] = [
  'complaint',
  'grounds',
  'wanted',
  'safe',
  'equality',
  'reply',
  'details',
  'adjustments',
];
