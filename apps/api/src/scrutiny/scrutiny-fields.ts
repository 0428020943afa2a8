import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsCalendarDay } from '../input/field-checks';

/** A day that must be given. */
export function ADay(description: string): PropertyDecorator {
  return applyDecorators(ApiProperty({ format: 'date', description, example: '2026-04-07' }), IsCalendarDay());
}

/** A day that may be left out. */
export function MaybeADay(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, format: 'date', description }),
    IsOptional(),
    IsCalendarDay(),
  );
}

/** Words of a person: kept beside the event log. */
export function Words(description: string): PropertyDecorator {
  return applyDecorators(ApiProperty({ description, maxLength: 10_000 }), IsString(), IsNotEmpty(), MaxLength(10_000));
}

export function MaybeWords(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, description, maxLength: 10_000 }),
    IsOptional(),
    IsString(),
    MaxLength(10_000),
  );
}

/** A code, a key or a reference. */
export function Code(description: string, example: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ description, example, maxLength: 100 }),
    IsString(),
    IsNotEmpty(),
    MaxLength(100),
  );
}

export function MaybeCode(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, nullable: true, description, maxLength: 100 }),
    IsOptional(),
    IsString(),
    MaxLength(100),
  );
}
