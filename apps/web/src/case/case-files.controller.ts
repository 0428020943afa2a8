import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  CaseContentNotFound,
  FileNotReleased,
  GetAttachment,
  GetCase,
  GetMessageHtml,
  GetOriginal,
  ListCaseMessages,
  type CaseContent,
  type MessageView,
} from '@app/casework';
import { downloadHeaders, Requires } from '@app/http';
import type { FastifyReply } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { shownMessage } from './messages';

/**
 * A stranger's HTML: no script, no request to anywhere, no form, no way out of its frame. The sandbox stands in the
 * policy as well, so that the address opened by itself is no more dangerous than the frame.
 */
const FRAME_POLICY = [
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');
const FRAME_STYLE =
  'body{font:16px/1.5 sans-serif;margin:12px;color:#14213d;overflow-wrap:anywhere}img,table{max-width:100%}';

const PAGE = 200;

/** What came with the messages of a case, as it was received. */
@ApiExcludeController()
@Controller('staff/cases/:reference')
export class CaseFilesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('files/:id')
  @Requires('case:read', { audit: null })
  async file(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.download(reply, reference, this.queries.execute(new GetAttachment(reference, id)));
  }

  @Get('messages/:id/original')
  @Requires('case:read', { audit: null })
  async original(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.download(reply, reference, this.queries.execute(new GetOriginal(reference, id)));
  }

  /** The document of the frame; never a page of ours. */
  @Get('messages/:id/html')
  @Requires('case:read', { audit: null })
  async html(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const html = await this.queries.execute(new GetMessageHtml(reference, id));
    void reply
      .headers({
        'content-security-policy': FRAME_POLICY,
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      .type('text/html; charset=utf-8')
      .send(
        `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Message</title><style>${FRAME_STYLE}</style></head><body>${html}</body></html>`,
      );
  }

  /** One message whole: its text, its formatted version in a sandbox, its original. */
  @Get('messages/:id')
  @Requires('case:read', { audit: null })
  async message(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const message = await this.find(reference, id);
    await showStaffPage(reply, 'case/views/message', {
      pageTitle: `Message on ${detail.reference}`,
      case: detail,
      message: shownMessage(message, true),
    });
  }

  /** Always a download, whatever it says it is: nothing of a stranger is opened within our pages. */
  private async download(reply: FastifyReply, reference: string, asked: Promise<CaseContent>): Promise<void> {
    try {
      const file = await asked;
      void reply.headers(downloadHeaders(file)).send(file.bytes);
    } catch (error) {
      if (!(error instanceof FileNotReleased)) throw error;
      void reply.status(409);
      const isFinal = error.scanStatus !== 'unscanned';
      await showStaffPage(reply, 'case/views/held', {
        pageTitle: isFinal ? 'This file is held back' : 'This file is being checked',
        reference,
        text: error.message,
        isFinal,
      });
    }
  }

  private async find(reference: string, id: string): Promise<MessageView> {
    for (let after: readonly [string, string] | null = null; ;) {
      const page: { items: readonly MessageView[]; next: readonly [string, string] | null } =
        await this.queries.execute(new ListCaseMessages(reference, PAGE, after, true));
      const found = page.items.find((message) => message.id === id);
      if (found) return found;
      if (page.next === null) throw new CaseContentNotFound();
      after = page.next;
    }
  }
}
