import {
  AreaInput,
  CategoryInput,
  ContactInput,
  CouncilInput,
  DestinationInput,
  OfficeInput,
  PostcodeDistrictInput,
  QueueInput,
  TeamInput,
  TemplateInput,
} from './office-data';
import {
  AllegationCategoryInput,
  BundlePaperInput,
  DelegationInput,
  LearningThemeInput,
  RecommendationTypeInput,
  ReviewStandardInput,
} from './review-data';
import { PublicationRuleInput } from './publication-data';
import { PlanInput, RiskPhraseInputs, StandardInput, TriageRuleInput } from './rule-data';
import { DipSampleSheetInput, ScrutinyListInput, ScrutinySettingsInput } from './scrutiny-data';

/** What the product knows about one kind of configuration. */
export interface ConfigurationKind {
  readonly kind: string;
  /** As a heading, and as one of them in a sentence. */
  readonly title: string;
  readonly singular: string;
  /** What it is for, in one sentence. */
  readonly purpose: string;
  /** Whether an entry may be shared by all offices; the others belong to one office. */
  readonly mayBeShared: boolean;
  readonly input: new () => object;
}

export const CONFIGURATION_KINDS: readonly ConfigurationKind[] = [
  {
    kind: 'office',
    title: 'Offices',
    singular: 'office',
    purpose: 'The name, mailboxes, telephone and emergency wording of each office, and what came before and after it.',
    mayBeShared: false,
    input: OfficeInput,
  },
  {
    kind: 'queue',
    title: 'Queues',
    singular: 'queue',
    purpose: 'Where cases wait until somebody takes them.',
    mayBeShared: false,
    input: QueueInput,
  },
  {
    kind: 'team',
    title: 'Teams',
    singular: 'team',
    purpose: 'Which queues are worked by the same people.',
    mayBeShared: false,
    input: TeamInput,
  },
  {
    kind: 'category',
    title: 'Categories',
    singular: 'category',
    purpose: 'What a letter can be: its queue, who else may have to answer, its clocks and what the sender is told.',
    mayBeShared: true,
    input: CategoryInput,
  },
  {
    kind: 'destination',
    title: 'Routing destinations',
    singular: 'destination',
    purpose: 'The police forces, councils and other bodies that letters are passed to, or that people are pointed to.',
    mayBeShared: true,
    input: DestinationInput,
  },
  {
    kind: 'contact',
    title: 'Contacts for alerts',
    singular: 'contact',
    purpose:
      'Who is written to at once when a letter raises a risk (duty-manager), and about deadlines (casework-manager).',
    mayBeShared: false,
    input: ContactInput,
  },
  {
    kind: 'standard',
    title: 'Service standards',
    singular: 'service standard',
    purpose: 'How long each clock runs, for a category or for everything that comes by a channel.',
    mayBeShared: true,
    input: StandardInput,
  },
  {
    kind: 'template',
    title: 'Letter templates',
    singular: 'template',
    purpose: 'The wording of acknowledgements, replies and forwarded letters.',
    mayBeShared: true,
    input: TemplateInput,
  },
  {
    kind: 'triage-rule',
    title: 'Triage rules',
    singular: 'triage rule',
    purpose: 'Which words and senders make a letter which category, with which priority.',
    mayBeShared: true,
    input: TriageRuleInput,
  },
  {
    kind: 'risk-phrase',
    title: 'Risk phrases',
    singular: 'set of risk phrases',
    purpose: 'The words that make a person look at a letter at once.',
    mayBeShared: true,
    input: RiskPhraseInputs,
  },
  {
    kind: 'area',
    title: 'Areas and postcodes',
    singular: 'area',
    purpose: 'Which postcodes lie in which local policing area.',
    mayBeShared: true,
    input: AreaInput,
  },
  {
    kind: 'postcode-district',
    title: 'Postcodes of the office',
    singular: 'list of postcodes',
    purpose: 'Which postcodes belong to the office, so that people are led to the right one.',
    mayBeShared: false,
    input: PostcodeDistrictInput,
  },
  {
    kind: 'council',
    title: 'Councils',
    singular: 'council',
    purpose: 'The councils of the area, as letters name them.',
    mayBeShared: false,
    input: CouncilInput,
  },
  {
    kind: 'plan',
    title: 'Police and crime plans',
    singular: 'plan',
    purpose: 'The plans and their priorities, so that contact can be counted against them.',
    mayBeShared: false,
    input: PlanInput,
  },
  {
    kind: 'publication-rule',
    title: 'Publication rules',
    singular: 'publication rule',
    purpose:
      'Which small numbers are left out of what is published, and how long there is to publish a bulletin of the IOPC.',
    mayBeShared: true,
    input: PublicationRuleInput,
  },
  {
    kind: 'review-standard',
    title: 'Standards for complaint reviews',
    singular: 'standard for complaint reviews',
    purpose: 'How long we take to decide a review, and how long the force has for papers and for its response.',
    mayBeShared: true,
    input: ReviewStandardInput,
  },
  {
    kind: 'bundle-paper',
    title: 'Papers for a complaint review',
    singular: 'paper for a complaint review',
    purpose: 'What the force is asked to send for a review, and what the bundle is checked against.',
    mayBeShared: true,
    input: BundlePaperInput,
  },
  {
    kind: 'recommendation-type',
    title: 'Kinds of recommendation',
    singular: 'kind of recommendation',
    purpose: 'What may be recommended to the force when a review is upheld, by how the complaint was handled.',
    mayBeShared: true,
    input: RecommendationTypeInput,
  },
  {
    kind: 'learning-theme',
    title: 'Themes of learning',
    singular: 'theme of learning',
    purpose: 'What the learning that reviews suggest to the force is about.',
    mayBeShared: true,
    input: LearningThemeInput,
  },
  {
    kind: 'allegation-category',
    title: 'Categories of allegation',
    singular: 'category of allegation',
    purpose: 'What an allegation in a complaint is about.',
    mayBeShared: true,
    input: AllegationCategoryInput,
  },
  {
    kind: 'delegation',
    title: 'Delegations',
    singular: 'delegation',
    purpose: 'By what instrument the commissioner lets somebody else decide reviews, and who checks them.',
    mayBeShared: false,
    input: DelegationInput,
  },
  {
    kind: 'scrutiny-settings',
    title: 'Oversight of the force',
    singular: 'set of oversight settings',
    purpose: 'When 12-month notices and updates are due, and how an office samples and meets.',
    mayBeShared: true,
    input: ScrutinySettingsInput,
  },
  {
    kind: 'scrutiny-list',
    title: 'Lists of oversight',
    singular: 'list of oversight',
    purpose: 'The criteria for a referral to the IOPC, and what the panel is asked to count.',
    mayBeShared: true,
    input: ScrutinyListInput,
  },
  {
    kind: 'dip-sample-sheet',
    title: 'Scoring sheets',
    singular: 'scoring sheet',
    purpose: 'What is asked about each file of a dip sample, and what the answers are worth.',
    mayBeShared: true,
    input: DipSampleSheetInput,
  },
];

export function configurationKind(kind: string): ConfigurationKind | undefined {
  return CONFIGURATION_KINDS.find((each) => each.kind === kind);
}

/** How an entry is called in lists and messages: by its name where it has one, else by its key. */
export function titleOfEntry(key: string, data: unknown): string {
  const { name } = (data ?? {}) as { name?: unknown };
  if (typeof name === 'string' && name !== '') return name;
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
