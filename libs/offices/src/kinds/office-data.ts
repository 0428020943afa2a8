import { mailboxProblem } from './mailbox-problem';
import {
  Choice,
  Choices,
  Day,
  Key,
  Line,
  Lines,
  MailAddress,
  Nullable,
  Optional,
  Text,
  Whole,
  YesOrNo,
} from './field-rules';
import { isOfficeCode, type HolidayRegion } from '@app/kernel';
import { ValidateBy } from 'class-validator';

export const HOLIDAY_REGIONS = ['england-and-wales', 'any-uk'] as const;

/** An office of a local policing body, with what came before it and what takes its place. */
export class OfficeInput {
  @Whole(1, 999) listOrder!: number;
  @ValidateBy({
    name: 'officeCode',
    validator: {
      validate: (value) => typeof value === 'string' && isOfficeCode(value),
      defaultMessage: () => 'must be two capital letters or digits that are not mistaken for others, such as WM',
    },
  })
  code!: string;
  @Line(200) name!: string;
  @Line(200) policingBody!: string;
  @Line(200) commissionerTitle!: string;
  @Lines({ least: 1, most: 20 }, mailboxProblem) mailboxes!: string[];
  @Line(40) telephone!: string;
  @Lines({ least: 1, most: 8, longest: 100 }) address!: string[];
  @Line(200) openingHours!: string;
  @Line(200) force!: string;
  @Line(200) panel!: string;
  @Line(200) panelHost!: string;
  @Lines({ most: 50, longest: 80 }) areas!: string[];
  /** What people in danger are told, on the public pages. */
  @Optional(Text(1000)) emergencyWording?: string | null;
  @Optional(Choice(HOLIDAY_REGIONS)) holidayRegion?: HolidayRegion | null;
  @Optional(Line(200)) predecessor?: string | null;
  @Optional(Day()) tookOverOn?: string | null;
  @Optional(Line(200)) successor?: string | null;
  @Optional(Day()) handsOverOn?: string | null;
}

export class QueueInput {
  @Line(100) name!: string;
  @Text(500) description!: string;
  @YesOrNo() isRestricted!: boolean;
}

/** Who works which queues together. */
export class TeamInput {
  @Line(100) name!: string;
  @Text(500) description!: string;
  @Lines({ least: 1, most: 50, longest: 80 }) queues!: string[];
}

export class ContactInput {
  @Line(100) name!: string;
  @MailAddress() email!: string;
}

export const DESTINATION_WAYS = ['forward', 'signpost'] as const;

export class DestinationInput {
  @Line(200) name!: string;
  @Line(200) organisation!: string;
  @Choice(DESTINATION_WAYS) how!: string;
  @Nullable(MailAddress()) email!: string | null;
  @Nullable(Line(40)) telephone!: string | null;
  @Nullable(Text(1000)) note!: string | null;
}

export const AREA_LEVELS = ['local-policing-area', 'straddling'] as const;
const OUTCODE = /^[A-Z]{1,2}[0-9][0-9A-Z]?$/;

export class AreaInput {
  @Line(100) name!: string;
  @Choice(AREA_LEVELS) level!: string;
  @Lines({ least: 1, most: 500 }, (line) =>
    OUTCODE.test(line) ? null : 'must be the first part of a postcode, such as WR5',
  )
  outcodes!: string[];
}

/** Every postcode district that lies in an office, whole or in part. */
export class PostcodeDistrictInput {
  @Lines({ least: 1, most: 1000 }, (line) =>
    OUTCODE.test(line) ? null : 'must be the first part of a postcode, such as WR5',
  )
  outcodes!: string[];
}

export class CouncilInput {
  @Line(200) name!: string;
  @Line(100) shortName!: string;
  @Line(20) gssCode!: string;
  @Line(100) type!: string;
  @Nullable(Line(100)) county!: string | null;
  @Lines({ most: 50, longest: 100 }) aliases!: string[];
}

export const CASE_KINDS = [
  'correspondence',
  'complaint',
  'review',
  'foi',
  'eir',
  'sar',
  'data-rights',
  'dp-complaint',
  'safeguarding',
  'consultation-response',
  'disclosure',
  'legal',
  'oversight-notice',
  'spam',
] as const;
export const CLOCKS = ['forward', 'acknowledge', 'reply', 'update'] as const;
export const EVIDENCE_TAGS = ['K', 'V', 'I', 'V/I', 'K/I'] as const;
export const CONSENTS = ['yes', 'no', 'preferred'] as const;

export class CategoryInput {
  @Line(100) name!: string;
  @Nullable(Whole(1, 999)) row!: number | null;
  @Choice(CASE_KINDS) caseKind!: string;
  @Text(1000) firstAction!: string;
  @Text(1000) nextStep!: string;
  @Key() queue!: string;
  @Nullable(Key()) destination!: string | null;
  @Choices(CLOCKS) clocks!: string[];
  @Choice(EVIDENCE_TAGS) tag!: string;
  @Nullable(Text(500)) lawfulBasis!: string | null;
  @Choice(CONSENTS) consent!: string;
}

export class TemplateInput {
  @Line(100) name!: string;
  @Text(500) purpose!: string;
  @Line(500) subject!: string;
  @Text(20_000) body!: string;
}
