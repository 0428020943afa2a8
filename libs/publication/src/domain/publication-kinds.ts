/** Who deals with complaints about the force: 1, the force itself; 2 and 3, the policing body takes on part of it. */
export const COMPLAINTS_MODELS = ['1', '2', '3'] as const;
export type ComplaintsModel = (typeof COMPLAINTS_MODELS)[number];

/** A part of a publication that the office writes. */
export interface NarrativeSection {
  readonly key: string;
  readonly title: string;
  /** What the office should say here, shown to whoever writes. */
  readonly guidance: string;
  /** Asked for under these models only; absent: under all. */
  readonly models?: readonly ComplaintsModel[];
}

export interface NarrativePart {
  readonly title: string;
  readonly sections: readonly NarrativeSection[];
}

/** What a kind of publication is called, covers and contains. */
export interface PublicationKind {
  readonly kind: string;
  readonly title: string;
  /** Begins the address of each. */
  readonly slug: string;
  /** What it is, for the public. */
  readonly introduction: string;
  /** Which periods its data may be of. */
  readonly period: 'quarter' | 'any';
  /** Whether the bulletins of the Independent Office for Police Conduct belong on it. */
  readonly hasBulletins: boolean;
  readonly parts: readonly NarrativePart[];
}

/** Elected Local Policing Bodies (Specified Information) Order 2011, paragraph 7C, and what the guidance asks for with it. */
const SPECIFIED_INFORMATION: PublicationKind = {
  kind: 'specified-information-complaints',
  title: 'Police complaints and reviews',
  slug: 'complaints',
  introduction:
    'How the police force handles complaints, how the commissioner holds the chief constable to account for it, and how well this office reviews complaints that people were not satisfied with. The law asks every policing body to publish this: the Elected Local Policing Bodies (Specified Information) Order 2011, as amended in 2021.',
  period: 'quarter',
  hasBulletins: true,
  parts: [
    {
      title: 'How the force handles complaints',
      sections: [
        {
          key: 'complainant-satisfaction',
          title: 'How the force measures the satisfaction of complainants',
          guidance:
            'Say how the force asks people who complained whether they were satisfied (surveys, calls, other), how many answered and what was done with the answers.',
        },
        {
          key: 'recommendations-progress',
          title: 'Progress on recommendations of the IOPC and HMICFRS',
          guidance:
            'Name each recommendation on complaint handling made to the force by the Independent Office for Police Conduct or by His Majesty’s Inspectorate that is still open or was closed in the period, and how far it has come.',
        },
        {
          key: 'themes-and-trends',
          title: 'Themes and trends',
          guidance:
            'Say how themes and trends in complaints are found and what was done about them. Say what changed against earlier quarters.',
        },
        {
          key: 'timeliness',
          title: 'Timeliness',
          guidance:
            'Say how the time that complaints take is watched and bettered, with the force’s averages from the bulletin of the Independent Office for Police Conduct.',
        },
        {
          key: 'written-notices',
          title: 'Written notices of investigations that take longer than 12 months',
          guidance:
            'Give the number of written notices under regulation 13 of the Police (Complaints and Misconduct) Regulations 2020 that this office received in the period, and what was asked of the force about them.',
        },
        {
          key: 'quality-assurance',
          title: 'Quality of the force’s answers',
          guidance:
            'Say how the quality of answers to complaints is assured: dip samples, how many files were looked at, and what was found.',
        },
        {
          key: 'holding-to-account',
          title: 'How the commissioner holds the chief constable to account',
          guidance:
            'Say at which meetings the handling of complaints was on the agenda in the period, what was asked and what followed.',
        },
      ],
    },
    {
      title: 'How this office reviews complaints',
      sections: [
        {
          key: 'review-timeliness',
          title: 'Timeliness of reviews',
          guidance: 'Say why reviews took as long as the figures show and what is done to decide them sooner.',
        },
        {
          key: 'review-quality',
          title: 'Quality of decisions',
          guidance: 'Say how it is made sure that decisions are sound and lawful, for example by a second reader.',
        },
        {
          key: 'review-satisfaction',
          title: 'Satisfaction of people who asked for a review',
          guidance: 'Say how this office finds out whether people were satisfied with how their review was dealt with.',
        },
        {
          key: 'own-assessment',
          title: 'Assessment of our own performance as a review body',
          guidance:
            'The order asks for the policing body’s own assessment. Say what went well, what did not and what will change.',
        },
      ],
    },
    {
      title: 'Complaints that this office deals with first',
      sections: [
        {
          key: 'model-functions',
          title: 'Assessment of the functions taken on from the chief constable',
          guidance:
            'For offices that have given notice to take on the first contact with complainants (model 2) or also to keep them informed (model 3): how well that was done in the period.',
          models: ['2', '3'],
        },
      ],
    },
  ],
};

/** Every kind of publication. Another kind is another entry. */
export const PUBLICATION_KINDS: readonly PublicationKind[] = [SPECIFIED_INFORMATION];

export function publicationKind(kind: string): PublicationKind | undefined {
  return PUBLICATION_KINDS.find((each) => each.kind === kind);
}

/** The parts that an office of a model writes; parts that ask nothing of it are left out. */
export function partsFor({ parts }: PublicationKind, model: ComplaintsModel): readonly NarrativePart[] {
  return parts
    .map((part) => ({ ...part, sections: part.sections.filter(({ models }) => models?.includes(model) ?? true) }))
    .filter(({ sections }) => sections.length > 0);
}
