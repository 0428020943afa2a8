import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { GetAttachment, GetOriginal } from '@app/casework';
import { downloadHeaders, Requires } from '@app/http';
import type { FastifyReply } from 'fastify';

const BYTES = { schema: { type: 'string', format: 'binary' } };

/** Bytes as they were received. Each query records the reading, with the case that was read. */
@ApiTags('Cases')
@Controller('api/v1/cases/:reference')
export class CaseFilesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('attachments/:id')
  @Requires('case:read', { audit: null })
  @ApiOperation({
    summary: 'A file that came with a message',
    description:
      '`x-scan-status` says whether it was scanned for viruses. Always a download, never shown in place. With a virus ' +
      'scanner, 409 until the file is found clean.',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse(BYTES)
  async attachment(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.queries.execute(new GetAttachment(reference, id));
    void reply.headers({ ...downloadHeaders(file), 'x-scan-status': file.scanStatus }).send(file.bytes);
  }

  @Get('messages/:id/original')
  @Requires('case:read', { audit: null })
  @ApiOperation({
    summary: 'A message as its octets were received',
    description: 'The mail itself (`message/rfc822`), or the record of an item that was logged (`application/json`).',
  })
  @ApiProduces('message/rfc822', 'application/json')
  @ApiOkResponse(BYTES)
  async original(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.queries.execute(new GetOriginal(reference, id));
    void reply.headers(downloadHeaders(file)).send(file.bytes);
  }
}
