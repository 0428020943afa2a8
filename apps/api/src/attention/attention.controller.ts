import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { decodeCursor, pageOf, Requires } from '@app/http';
import { Attention, AttentionNotFound, UnitOfWork } from '@app/platform';
import { isUUID } from 'class-validator';
import { PageQuery } from '../paging/page-query';
import { AttentionPage, Dismissal } from './attention-entry';

/** What no retry could settle. Every entry stays until a person has decided. */
@ApiTags('Needs attention')
@Controller('api/v1/attention')
export class AttentionController {
  constructor(
    private readonly attention: Attention,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Requires('attention:read', { audit: null })
  @ApiOperation({ summary: 'Work that failed for good, oldest first' })
  @ApiOkResponse({ type: AttentionPage })
  async list(@Query() { limit, cursor }: PageQuery): Promise<AttentionPage> {
    const [after = null] = decodeCursor(cursor, ['uuid']) ?? [];
    const afterId = after === null ? null : String(after);
    const entries = await this.unitOfWork.run(() => this.attention.list(limit + 1, afterId));
    return pageOf(entries, limit, (entry) => [entry.id]);
  }

  @Post(':id/retry')
  @HttpCode(204)
  @Requires('attention:settle', { audit: null })
  @ApiOperation({
    summary: 'Try it again from the first attempt',
    description: 'What was done before is not done twice.',
  })
  @ApiNoContentResponse()
  async retry(@Param('id') id: string): Promise<void> {
    await this.unitOfWork.run(() => this.attention.retry(known(id)));
  }

  @Post(':id/dismiss')
  @HttpCode(204)
  @Requires('attention:settle', { audit: null })
  @ApiOperation({ summary: 'Give it up, with the reason' })
  @ApiNoContentResponse()
  async dismiss(@Param('id') id: string, @Body() { reason }: Dismissal): Promise<void> {
    await this.unitOfWork.run(() => this.attention.dismiss(known(id), reason));
  }
}

/** @throws AttentionNotFound for what cannot be an id. */
function known(id: string): string {
  if (!isUUID(id)) throw new AttentionNotFound();
  return id;
}
