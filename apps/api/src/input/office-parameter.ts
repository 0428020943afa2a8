import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ListParameter } from './field-checks';

/** The `office` parameter of lists and figures. */
export function OfficeParameter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: [String],
      description: 'Only these of your offices: several with commas between them, or the parameter repeated',
      example: ['west-mercia'],
    }),
    IsOptional(),
    ListParameter(),
    IsString({ each: true }),
    MaxLength(100, { each: true }),
  );
}
