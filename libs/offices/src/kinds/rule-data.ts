import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateBy, ValidateNested } from 'class-validator';
import { longestCount, type DeadlineUnit, type HolidayRegion } from '@app/kernel';
import { Choice, Choices, Key, KEY, Line, Lines, Nullable, Optional, Text, Whole, YesOrNo } from './field-rules';
import { CLOCKS, HOLIDAY_REGIONS } from './office-data';

export const CHANNELS = ['email', 'web-form', 'phone', 'letter', 'in-person', 'social-media', 'event'] as const;
export const CAPACITIES = [
  'member-of-public',
  'mp',
  'councillor',
  'parish-council',
  'victim',
  'officer',
  'media',
  'organisation',
] as const;
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export const UNITS = ['working-days', 'calendar-days', 'calendar-months'] as const;
export const DAYS_ZERO = ['receipt', 'given-date-is-day-one'] as const;
export const ROLLS = ['none', 'next-working-day'] as const;
export const RISKS = [
  'threat-to-life',
  'self-harm',
  'child-or-adult-at-risk',
  'domestic-abuse',
  'threat-to-staff',
  'terrorism',
] as const;
export const RISK_LEVELS = ['critical', 'high', 'medium'] as const;

/** How one deadline is counted. */
export class PolicyInput {
  @Key() rule!: string;
  @Choice(UNITS) unit!: DeadlineUnit;
  @Whole(0, longestCount) count!: number;
  @Choice(HOLIDAY_REGIONS) region!: HolidayRegion;
  @Choice(DAYS_ZERO) dayZero!: string;
  @Choice(ROLLS) rollForward!: string;
  @Optional(Line(200)) startedBy?: string;
  @Optional(Text(500)) source?: string;
}

class ClockInput {
  @Choice(CLOCKS) clock!: string;
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => PolicyInput)
  policy!: PolicyInput;
}

/** Deadlines of a category on any channel, or the usual ones of a channel. */
export class StandardInput {
  @Nullable(Key())
  @ValidateBy({
    name: 'oneOf',
    validator: {
      validate: (value, context) =>
        (value === null) !== ((context?.object as StandardInput | undefined)?.channel === null),
      defaultMessage: () => 'choose either a category or a channel: a standard is for one of them',
    },
  })
  category!: string | null;
  @Nullable(Choice(CHANNELS)) channel!: string | null;
  @IsArray({ message: 'must be a list' })
  @ArrayMinSize(1, { message: 'must have at least one clock' })
  @ArrayMaxSize(4, { message: 'must name each clock once' })
  @ValidateNested({ each: true })
  @Type(() => ClockInput)
  @ValidateBy({
    name: 'clocksOnce',
    validator: {
      validate: (value) =>
        !Array.isArray(value) ||
        new Set(value.map((each) => (each as { clock?: unknown } | null)?.clock)).size === value.length,
      defaultMessage: () => 'must name each clock once',
    },
  })
  clocks!: ClockInput[];
}

class ConditionsInput {
  @Optional(Lines({ least: 1, longest: 200 })) senderDomains?: string[];
  @Optional(Lines({ least: 1, longest: 320 })) senderAddresses?: string[];
  @Optional(Choices(CHANNELS)) channels?: string[];
  @Optional(Choices(CAPACITIES)) capacities?: string[];
  @Optional(Lines({ least: 1, longest: 2000 })) anyWords?: string[];
  @Optional(Lines({ least: 1, longest: 2000 })) allWords?: string[];
  @Optional(Lines({ least: 1, longest: 2000 })) noneWords?: string[];
  @Optional(Lines({ least: 1, longest: 2000 })) subjectWords?: string[];
  @Optional(Lines({ least: 1, longest: 2000 })) placeWords?: string[];
  @Optional(YesOrNo()) hasAttachment?: boolean;
  @Optional(Whole(1, 1000)) minRecipients?: number;
  @Optional(YesOrNo()) ccOnly?: boolean;
  @Optional(YesOrNo()) isRestrictedCorrespondent?: boolean;
}

class ConsequenceInput {
  @Key() category!: string;
  @Choice(PRIORITIES) priority!: string;
  @Optional(Key()) queue?: string;
}

export class TriageRuleInput {
  @Whole(0, 9999) order!: number;
  @Optional(Whole(0, 999)) weight?: number;
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => ConditionsInput)
  @ValidateBy({
    name: 'someCondition',
    validator: {
      validate: (value) => typeof value !== 'object' || value === null || hasCondition(value as object),
      defaultMessage: () => 'must have at least one condition, or the rule would match every letter',
    },
  })
  when!: ConditionsInput;
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => ConsequenceInput)
  then!: ConsequenceInput;
  @Line(300) reason!: string;
}

class RiskPhraseInput {
  @Line(2000) phrase!: string;
  @Choice(RISK_LEVELS) level!: string;
  @Line(300) reason!: string;
  @Optional(Lines({ least: 1, longest: 2000 })) unless?: string[];
}

/** The phrases that raise one risk, and the groups of words that they share. */
export class RiskPhraseInputs {
  @Choice(RISKS) risk!: string;
  @Line(100) name!: string;
  @ValidateBy({
    name: 'groups',
    validator: {
      validate: areGroups,
      defaultMessage: () => 'must give each group a key such as intent, and at least one word',
    },
  })
  groups!: Record<string, string[]>;
  @IsArray({ message: 'must be a list' })
  @ArrayMinSize(1, { message: 'must have at least one phrase' })
  @ArrayMaxSize(2000, { message: 'must have at most 2000 phrases' })
  @ValidateNested({ each: true })
  @Type(() => RiskPhraseInput)
  phrases!: RiskPhraseInput[];
}

class PriorityInput {
  @Key() key!: string;
  @Line(200) name!: string;
  @Lines({ most: 30 }) parts!: string[];
}

export class PlanInput {
  @Line(200) name!: string;
  @Nullable(Text(1000)) note!: string | null;
  @IsArray({ message: 'must be a list' })
  @ArrayMaxSize(50, { message: 'must have at most 50 entries' })
  @ValidateNested({ each: true })
  @Type(() => PriorityInput)
  priorities!: PriorityInput[];
  @Lines({ most: 50 }) principles!: string[];
}

function hasCondition(when: object): boolean {
  return Object.values(when).some((value) => value !== undefined && value !== null);
}

function areGroups(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value as Record<string, unknown>).every(
      ([name, words]) =>
        KEY.test(name) &&
        Array.isArray(words) &&
        words.length > 0 &&
        words.every((word) => typeof word === 'string' && word.trim() !== '' && word.length <= 100),
    )
  );
}
