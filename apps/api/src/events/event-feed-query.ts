import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../paging/page-query';

const POSITION = /^(0|[1-9]\d{0,14})$/;
const message = 'must be a position: a whole number from 0';

/** From where and of which types. `cursor` and `after` mean the same here. */
export class EventFeedQuery extends PageQuery {
  @ApiPropertyOptional({ type: 'integer', default: 0, description: 'The position after which to begin' })
  @IsOptional()
  @Matches(POSITION, { message })
  after?: string;

  @ApiPropertyOptional({ description: 'The same as `after`, as lists call it' })
  @Matches(POSITION, { message })
  declare cursor?: string;

  @ApiPropertyOptional({ description: 'Event types, separated by commas', example: 'casework.case-opened' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  types?: string;

  start(): number {
    return Number(this.cursor ?? this.after ?? 0);
  }
}
