import type { ConfigurationEntry } from '@app/kernel';
import type { ClockPolicy } from '../case-deadlines';
import type { ClockName } from '../case.events';

export type Channel = 'email' | 'web-form' | 'phone' | 'letter' | 'in-person' | 'social-media' | 'event';
export type Capacity =
  'member-of-public' | 'mp' | 'councillor' | 'parish-council' | 'victim' | 'officer' | 'media' | 'organisation';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';
export type CaseKind =
  | 'correspondence'
  | 'complaint'
  | 'review'
  | 'foi'
  | 'eir'
  | 'sar'
  | 'data-rights'
  | 'dp-complaint'
  | 'safeguarding'
  | 'consultation-response'
  | 'disclosure'
  | 'legal'
  | 'oversight-notice'
  | 'spam';

/** An office of a local policing body. `code` is the part of a reference that names the office. */
export interface OfficeData {
  readonly listOrder: number;
  readonly code: string;
  readonly name: string;
  readonly policingBody: string;
  readonly commissionerTitle: string;
  readonly mailboxes: readonly string[];
  readonly telephone: string;
  readonly address: readonly string[];
  readonly openingHours: string;
  readonly force: string;
  readonly panel: string;
  readonly panelHost: string;
  readonly areas: readonly string[];
}

/** One kind of contact: a row of the routing table, or the fallback (`row` null). */
export interface CategoryData {
  readonly name: string;
  readonly row: number | null;
  readonly caseKind: CaseKind;
  /** What a person does first, in plain English. */
  readonly firstAction: string;
  /** What the sender is told comes next, in the acknowledgement. */
  readonly nextStep: string;
  readonly queue: string;
  readonly destination: string | null;
  /** The clocks such a case carries; the standards say how long each is. */
  readonly clocks: readonly ClockName[];
  /** How well the rule is evidenced. */
  readonly tag: string;
  readonly lawfulBasis: string | null;
  readonly consent: 'yes' | 'no' | 'preferred';
}

/** A queue of one office. A restricted queue is seen only by those who work it. */
export interface QueueData {
  readonly name: string;
  readonly description: string;
  readonly isRestricted: boolean;
}

/** Where a case can be passed or its sender pointed to. */
export interface DestinationData {
  readonly name: string;
  readonly organisation: string;
  /** `forward`: we pass the letter on; `signpost`: we only tell the sender where to turn. */
  readonly how: 'forward' | 'signpost';
  readonly email: string | null;
  readonly telephone: string | null;
  readonly note: string | null;
}

/** Deadlines: of one category on any channel, or (category null) the default of one channel. */
export interface StandardData {
  readonly category: string | null;
  readonly channel: Channel | null;
  readonly clocks: readonly ClockPolicy[];
}

/** A Liquid template of an outgoing letter. */
export interface TemplateData {
  readonly name: string;
  readonly purpose: string;
  readonly subject: string;
  readonly body: string;
}

/** Conditions that must all hold. Words are phrases in the syntax of `parsePhrase`; places are words too. */
export interface TriageConditions {
  /** A domain with its subdomains, or an ending that starts with `*`. One of them. */
  readonly senderDomains?: readonly string[];
  readonly senderAddresses?: readonly string[];
  readonly channels?: readonly Channel[];
  readonly capacities?: readonly Capacity[];
  /** At least one, in subject or text. */
  readonly anyWords?: readonly string[];
  /** Every one, in subject or text. */
  readonly allWords?: readonly string[];
  /** None, in subject or text. */
  readonly noneWords?: readonly string[];
  /** At least one, in the subject. */
  readonly subjectWords?: readonly string[];
  /** At least one, in subject or text. */
  readonly placeWords?: readonly string[];
  readonly hasAttachment?: boolean;
  readonly minRecipients?: number;
  readonly ccOnly?: boolean;
  readonly isRestrictedCorrespondent?: boolean;
}

/** One triage rule. The lowest `order` decides; within an order the greater `weight`, then the key. */
export interface TriageRuleData {
  readonly order: number;
  /** How specific the rule is; the number of its conditions when left out. */
  readonly weight?: number;
  readonly when: TriageConditions;
  readonly then: { readonly category: string; readonly priority: Priority; readonly queue?: string };
  /** Shown to people. */
  readonly reason: string;
}

export type RiskKind =
  'threat-to-life' | 'self-harm' | 'child-or-adult-at-risk' | 'domestic-abuse' | 'threat-to-staff' | 'terrorism';
export type RiskLevel = 'medium' | 'high' | 'critical';

export interface RiskPhrase {
  readonly phrase: string;
  readonly level: RiskLevel;
  readonly reason: string;
  /** Ordinary turns of speech that contain the phrase and do not count. */
  readonly unless?: readonly string[];
}

/** The phrases that raise one risk, and the word groups they share. */
export interface RiskPhraseSetData {
  readonly risk: RiskKind;
  readonly name: string;
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly phrases: readonly RiskPhrase[];
}

/** Postcode districts of one local policing area, or those that lie across boundaries and settle nothing. */
export interface AreaData {
  readonly name: string;
  readonly level: 'local-policing-area' | 'straddling';
  readonly outcodes: readonly string[];
}

/** A council, as recognised in letters. */
export interface CouncilData {
  readonly name: string;
  readonly shortName: string;
  readonly gssCode: string;
  readonly type: string;
  readonly county: string | null;
  readonly aliases: readonly string[];
}

/** A police and crime plan and its priorities; one contact may serve several. */
export interface PlanData {
  readonly name: string;
  readonly note: string | null;
  readonly priorities: readonly { readonly key: string; readonly name: string; readonly parts: readonly string[] }[];
  readonly principles: readonly string[];
}

export type OfficeEntry = ConfigurationEntry<'office', OfficeData>;
export type CategoryEntry = ConfigurationEntry<'category', CategoryData>;
export type QueueEntry = ConfigurationEntry<'queue', QueueData>;
export type DestinationEntry = ConfigurationEntry<'destination', DestinationData>;
export type StandardEntry = ConfigurationEntry<'standard', StandardData>;
export type TemplateEntry = ConfigurationEntry<'template', TemplateData>;
export type TriageRule = ConfigurationEntry<'triage-rule', TriageRuleData>;
export type RiskPhraseSet = ConfigurationEntry<'risk-phrase', RiskPhraseSetData>;
export type AreaEntry = ConfigurationEntry<'area', AreaData>;
export type CouncilEntry = ConfigurationEntry<'council', CouncilData>;
export type PlanEntry = ConfigurationEntry<'plan', PlanData>;
