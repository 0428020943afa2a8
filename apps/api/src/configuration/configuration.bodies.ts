import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { MOST_TRIED } from '@app/casework';
import { IsCalendarDay } from '../input/field-checks';

/** Whose entry it is, what was looked at, and why it is decided. */
class DecisionBody {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'west-mercia',
    description: 'One of your offices; null for an entry that all offices share, which asks for all of them',
  })
  @ValidateIf((_body, value) => value !== null)
  @IsString()
  @Length(1, 80)
  office!: string | null;

  @ApiProperty({ example: 1, description: 'The version that you looked at; 0 to add an entry' })
  @IsInt()
  @Min(0)
  expectedVersion!: number;

  @ApiProperty({ example: 'Agreed by the management board on 3 March.' })
  @IsString()
  @MaxLength(1000)
  reason!: string;
}

export class ChangeConfigurationBody extends DecisionBody {
  @ApiProperty({ type: Object, description: 'The whole entry as it shall be', additionalProperties: true })
  @IsObject()
  data!: Record<string, unknown>;

  @ApiPropertyOptional({ example: '2027-04-01', description: 'The first day; today when left out, never earlier' })
  @IsOptional()
  @IsCalendarDay()
  validFrom?: string;

  @ApiPropertyOptional({ example: '2027-12-31', description: 'The last day of an entry that is added' })
  @IsOptional()
  @IsCalendarDay()
  validTo?: string;
}

export class EndConfigurationBody extends DecisionBody {
  @ApiProperty({ example: '2027-03-31' })
  @IsCalendarDay()
  lastDay!: string;
}

export class RetireConfigurationBody extends DecisionBody {}

export class RevertConfigurationBody extends DecisionBody {
  @ApiProperty({ example: 1, description: 'The version whose words shall hold again' })
  @IsInt()
  @Min(1)
  version!: number;

  @ApiPropertyOptional({ example: '2027-04-01', description: 'The first day; today when left out' })
  @IsOptional()
  @IsCalendarDay()
  validFrom?: string;
}

class RuleChangeBody {
  @ApiProperty({ example: 'compliment-thanks' })
  @IsString()
  @Length(1, 80)
  key!: string;

  @ApiProperty({ type: Object, nullable: true, additionalProperties: true, description: 'null: without this rule' })
  @Allow()
  @ValidateIf((_body, value) => value !== null)
  @IsObject()
  data!: Record<string, unknown> | null;
}

export class DryRunBody {
  @ApiProperty({ example: 'west-mercia' })
  @IsString()
  @Length(1, 80)
  office!: string;

  @ApiProperty({ type: [RuleChangeBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => RuleChangeBody)
  changes!: RuleChangeBody[];

  @ApiPropertyOptional({ example: 200, default: 200, description: 'How many of the newest cases to try' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_TRIED)
  limit?: number;
}

export class PreviewTemplateBody {
  @ApiProperty({ example: 'west-mercia' })
  @IsString()
  @Length(1, 80)
  office!: string;

  @ApiProperty({ example: 'We have your message: {{ reference }}' })
  @IsString()
  @MaxLength(500)
  subject!: string;

  @ApiProperty({ example: 'Dear {{ correspondentName | default: "correspondent" }},' })
  @IsString()
  @MaxLength(20_000)
  body!: string;
}

export class ConfigurationQuery {
  @ApiPropertyOptional({ example: 'west-mercia', description: 'One of your offices, or `shared`' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  office?: string;
}
