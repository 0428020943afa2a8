import type { JsonObject } from '@app/kernel';

/** A field that letters are filled with. */
export interface MergeField {
  readonly name: string;
  readonly meaning: string;
  /** As it reads in an invented case; null where most cases have none. */
  readonly example: string | null;
}

/** Every field that `CaseLetters` gives a template. */
export const MERGE_FIELDS: readonly MergeField[] = [
  { name: 'reference', meaning: 'the reference of the case', example: 'WM-2026-000123-K' },
  { name: 'officeName', meaning: 'the name of the office', example: null },
  { name: 'officeTelephone', meaning: 'the telephone number of the office', example: null },
  { name: 'signatory', meaning: 'who signs, if it is not the office', example: null },
  { name: 'correspondentName', meaning: 'who wrote; may be missing', example: 'Asha Ferris' },
  { name: 'receivedOn', meaning: 'the day the letter came', example: 'Tuesday 3 March 2026' },
  {
    name: 'replyBy',
    meaning: 'the day by which we answer; missing where no answer is promised',
    example: 'Tuesday 31 March 2026',
  },
  {
    name: 'updateBy',
    meaning: 'the day by which we say how things stand; may be missing',
    example: 'Tuesday 31 March 2026',
  },
  {
    name: 'nextStep',
    meaning: 'what the category says comes next',
    example: 'We will read your message and reply to you.',
  },
  { name: 'subject', meaning: 'the subject of the letter', example: 'Speeding past the school in Orchard Lane' },
  {
    name: 'replyText',
    meaning: 'what the writer of a reply fills in',
    example: 'We asked the local policing team, who will visit the lane in March.',
  },
  { name: 'destinationName', meaning: 'who a letter is passed to', example: 'West Mercia Police contact centre' },
  { name: 'destinationContact', meaning: 'how they are reached; may be missing', example: '101' },
  { name: 'forwardReason', meaning: 'why it is passed on', example: 'it is about how an officer behaved' },
  {
    name: 'lawfulBasis',
    meaning: 'on what lawful basis; may be missing',
    example: 'Public task: UK GDPR Article 6(1)(e)',
  },
  { name: 'consent', meaning: 'whether the sender agreed; may be missing', example: 'yes' },
  { name: 'replyExpected', meaning: 'whether the destination should answer; may be missing', example: 'yes' },
  { name: 'forceReference', meaning: "the force's number of the complaint; may be missing", example: 'CO/00321/26' },
  {
    name: 'papersWanted',
    meaning: 'the papers that are asked for, a line each; only in letters of a review',
    example: '- Complaint record and log\n- Outcome letter',
  },
  {
    name: 'papersDueBy',
    meaning: 'the day by which the force should send them; may be missing',
    example: 'Tuesday 17 March 2026',
  },
  {
    name: 'recommendationType',
    meaning: 'what a review recommends to the force, as its type is called; only in letters about it',
    example: 'Remedy the dissatisfaction',
  },
  {
    name: 'recommendationText',
    meaning: 'the recommendation in words',
    example: 'Explain to the complainant why the call was graded as it was.',
  },
  { name: 'recommendationMadeOn', meaning: 'the day on which it was made', example: 'Monday 2 March 2026' },
  { name: 'responseDueBy', meaning: 'the day by which the force should answer it', example: 'Monday 30 March 2026' },
  {
    name: 'decisionForce',
    meaning: 'the force whose outcome was reviewed; only in letters of a decision',
    example: 'West Mercia Police',
  },
  { name: 'decisionReader', meaning: 'who the letter of a decision is to', example: 'Asha Ferris' },
  {
    name: 'decisionOutcome',
    meaning: 'the outcome of a review in a sentence',
    example: 'We **uphold** your application.',
  },
  {
    name: 'decisionPapers',
    meaning: 'the papers that were looked at, a line each; may be missing',
    example: '- Complaint record and log',
  },
  {
    name: 'decisionAllegations',
    meaning: 'what was said, found and why, an allegation after the other',
    example: '## The allegation: Delivery of duties and service',
  },
  {
    name: 'decisionMeaning',
    meaning: 'what the outcome does not mean',
    example: 'A review looks at how the complaint was dealt with.',
  },
  {
    name: 'decisionRecommendations',
    meaning: 'what is recommended to the force; may be missing',
    example: '- Apologise in writing.',
  },
  {
    name: 'decisionFeedback',
    meaning: 'what is fed back to the force; may be missing',
    example: '- Ring back within a day.',
  },
  { name: 'decisionSignatory', meaning: 'who decided; signs the letter', example: 'Wren Foolscap' },
  {
    name: 'decisionRole',
    meaning: 'as what they decided; may be missing',
    example: 'Regional complaints review manager',
  },
  { name: 'senderTold', meaning: 'whether the sender was told; may be missing', example: 'yes' },
];

/** The fields of an invented case in an office. */
export function exampleValues(office: { readonly name: string; readonly telephone: string }): JsonObject {
  const examples = Object.fromEntries(MERGE_FIELDS.map(({ name, example }) => [name, example]));
  return { ...examples, officeName: office.name, officeTelephone: office.telephone };
}
