import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateBy, ValidateNested } from 'class-validator';
import { Choice, Key, Line, Nullable, Whole, YesOrNo } from './field-rules';

const MOST_MONTHS = 120;

/** How an office oversees the force: the clocks of notices and updates, samples, meetings, and the panel's switch. */
export class ScrutinySettingsInput {
  @Whole(1, MOST_MONTHS) firstNoticeMonths!: number;
  @Whole(1, MOST_MONTHS) nextNoticeMonths!: number;
  @Choice(['due-date', 'receipt']) nextNoticeFrom!: string;
  @Whole(1, 365) updateDays!: number;
  @YesOrNo() receivesForPanel!: boolean;
  @Nullable(Line(300)) schemeOfDelegation!: string | null;
  @Whole(0, 52) samplesAYear!: number;
  @Whole(0, 100) secondScorePercent!: number;
  @Whole(1, 24) meetingMonths!: number;
}

/** A list of records that each name themselves by another key. */
function Records(type: () => new () => object, least: number, most: number): PropertyDecorator {
  const rules = [
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(least, { message: `must have at least ${String(least)} entries` }),
    ArrayMaxSize(most, { message: `must have at most ${String(most)} entries` }),
    ValidateNested({ each: true }),
    Type(type),
    ValidateBy({
      name: 'keysOnce',
      validator: {
        validate: (value) =>
          !Array.isArray(value) ||
          new Set(value.map((each) => (each as { key?: unknown } | null)?.key)).size === value.length,
        defaultMessage: () => 'must use each key once',
      },
    }),
  ];
  return (target, property) => {
    for (const rule of rules) rule(target, property);
  };
}

class ListedCodeInput {
  @Key() key!: string;
  @Line(300) text!: string;
}

export class ScrutinyListInput {
  @Line(100) name!: string;
  @Records(() => ListedCodeInput, 1, 50) items!: ListedCodeInput[];
}

class ScaleStepInput {
  @Key() key!: string;
  @Whole(0, 100) points!: number;
  @Line(100) text!: string;
}

class QuestionInput {
  @Key() key!: string;
  @Whole(1, 100) weight!: number;
  @Line(300) text!: string;
}

/** What is asked about each file of a dip sample. */
export class DipSampleSheetInput {
  @Line(100) name!: string;
  @Records(() => ScaleStepInput, 2, 10) scale!: ScaleStepInput[];
  @Records(() => QuestionInput, 1, 40) questions!: QuestionInput[];
}
