import { ApiPropertyOptional } from '@nestjs/swagger';
import { DEFAULT_LIMIT, LARGEST_LIMIT } from '@app/http';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** How every list is asked for page by page. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: LARGEST_LIMIT, default: DEFAULT_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_LIMIT)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before. Opaque: take it as it came.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;
}
