import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { LONGEST_REASON } from '../cases/sorting.bodies';
import { LogCorrespondenceBody } from '../correspondence/log-correspondence.body';
import { MaxBytes } from '../input/field-checks';
import { ParticularsBody } from './review.bodies';

/** Either the item that came in, or the reference of the case that turned out to be an application. */
export class OpenReviewBody {
  @ApiPropertyOptional({ description: 'A case to convert; then `item` is left out', example: 'WM-2026-000123-K' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  case?: string;

  @ApiPropertyOptional({ type: LogCorrespondenceBody, description: 'The application as it came in' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LogCorrespondenceBody)
  item?: LogCorrespondenceBody;

  @ApiPropertyOptional({ type: ParticularsBody, description: 'What it states, as far as it is known (R1.10)' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ParticularsBody)
  particulars?: ParticularsBody;

  @ApiPropertyOptional({ type: String, nullable: true, description: "The applicant's grounds, where they stand apart" })
  @IsOptional()
  @IsString()
  @MaxBytes(100_000)
  grounds?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LONGEST_REASON,
    description: 'Why a case is converted',
  })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  reason?: string | null;
}
