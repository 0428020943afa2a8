import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, TestNote } from '@app/reviews';

/** One thing that people write about, and the parts that letters about it are made of. */
export interface Topic {
  readonly key: string;
  /** What a person would sort it as. */
  readonly category: string;
  readonly weight: number;
  /** How much of it comes in each month, January first. */
  readonly season: readonly number[];
  readonly capacity?: 'mp' | 'councillor' | 'media';
  /** Where such a letter is passed on to. */
  readonly forward?: string;
  /** Closed with this reason and no answer of its own. */
  readonly closeOnly?: string;
  readonly subjects: readonly string[];
  readonly openings: readonly string[];
  readonly middles: readonly string[];
  readonly asks: readonly string[];
  readonly replies: readonly string[];
}

export interface Place {
  readonly name: string;
  readonly outcodes: readonly string[];
  readonly weight: number;
}

interface SpecialLetter {
  readonly category: string;
  readonly subject: string;
  readonly body: string;
  readonly reply: string;
}

export interface Material {
  readonly topics: readonly Topic[];
  readonly places: Readonly<Record<string, readonly Place[]>>;
  readonly roads: readonly string[];
  readonly elsewhere: readonly string[];
  readonly people: {
    readonly forenames: readonly string[];
    readonly surnames: readonly string[];
    readonly members: readonly string[];
    readonly councils: readonly string[];
    readonly press: readonly { readonly name: string; readonly email: string }[];
    readonly domains: readonly string[];
  };
  readonly words: Readonly<Record<OfficeWords, readonly string[]>>;
  readonly special: {
    readonly risk: readonly SpecialLetter[];
    readonly languages: readonly (SpecialLetter & { readonly name: string })[];
    readonly spam: readonly { readonly subject: string; readonly body: string; readonly score: number }[];
    readonly campaign: {
      readonly category: string;
      readonly subject: string;
      readonly openings: readonly string[];
      readonly body: string;
      readonly personal: readonly string[];
      readonly reply: string;
    };
    readonly vacation: { readonly subject: string; readonly body: string };
    readonly social: readonly string[];
  };
  readonly reviews: {
    readonly subjects: readonly string[];
    readonly allegations: readonly string[];
    readonly findings: Readonly<Record<Finding, readonly string[]>>;
    readonly observations: readonly string[];
    readonly sendBacks: readonly string[];
    readonly recommendations: readonly string[];
    /** To accept, to accept in part, to reject. */
    readonly responses: readonly string[];
    readonly learning: readonly string[];
    readonly decision: string;
    readonly invalid: Readonly<Record<'out-of-time' | 'insufficient-information', string>>;
    readonly reasons: {
      readonly extended: string;
      readonly 'insufficient-information': string;
      readonly forwarded: string;
      readonly withdrawn: string;
      readonly pauses: Readonly<Record<'waiting-on-force' | 'waiting-on-applicant' | 'criminal-proceedings', string>>;
    };
    readonly test: TestNote;
  };
}

type OfficeWords =
  | 'greetings'
  | 'farewells'
  | 'notes'
  | 'pauses'
  | 'extensions'
  | 'forwards'
  | 'sendBacks'
  | 'triageReasons'
  | 'spoken'
  | 'followUps'
  | 'reopenings'
  | 'adjustments'
  | 'safeContact'
  | 'restrictions';

const FOLDER = join(__dirname, '..', 'data');

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as T;
}

/** The invented texts and names that letters are made of. */
export function readMaterial(): Material {
  const { roads, elsewhere, ...places } = read<Record<string, readonly never[]>>('places');
  return {
    topics: read<Topic[]>('topics'),
    places,
    roads: roads ?? [],
    elsewhere: elsewhere ?? [],
    people: read<Material['people']>('people'),
    words: read<Material['words']>('office-words'),
    special: read<Material['special']>('special-letters'),
    reviews: read<Material['reviews']>('review-material'),
  };
}
