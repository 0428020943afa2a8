import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import { ContactDrafts, CorrespondenceLog } from '@app/intake';
import { parseReference } from '@app/kernel';
import { Offices } from '@app/offices';
import { currentCaller, requestHash } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { messagesFor, showPublicPage, staffMessages } from '../http/public-page';
import { ContactDrafting, type Receipt, type Writing } from './contact-drafting';
import { letterOf } from './contact-letter';
import { checkModel } from './contact-page';
import { openStep } from './contact-steps';
import { referenceAloud } from './reference-aloud';

/** The end of the contact form: the answers once more, sending, and what comes next. */
@ApiExcludeController()
@Controller('contact')
export class ContactSendController {
  constructor(
    private readonly drafting: ContactDrafting,
    private readonly drafts: ContactDrafts,
    private readonly log: CorrespondenceLog,
    private readonly offices: Offices,
  ) {}

  @Get('check')
  @Public({ audit: null, offices: 'none' })
  async check(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const writing = await this.ready(request, reply);
    if (!writing) return;
    const model = checkModel(writing, await this.offices.all(), messagesFor(request));
    await showPublicPage(reply, 'contact/views/check', model);
  }

  @Post('check')
  @Public({ audit: null })
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const writing = await this.ready(request, reply);
    if (!writing) return;
    const { token, answers, files } = writing;
    const attachments = files.length === 0 ? [] : await this.drafts.attachments(token);
    const answer = await this.log.log({
      source: 'web-form',
      channel: 'web-form',
      receivedAt: null,
      ...letterOf(answers, staffMessages()),
      attachments,
      office: answers.office,
      caller: currentCaller(),
      // The same letter sent twice (a double click, a reload, the way back) is one letter.
      idempotency: {
        scope: 'contact-form',
        key: this.drafts.sendKey(token),
        requestHash: requestHash({ answers, files: files.map(({ id }) => id) }),
      },
    });
    const { reference, respondBy, updateBy } = answer.response as Record<string, string | null>;
    const receipt: Receipt = {
      reference: reference ?? '',
      office: answers.office,
      replyBy: answers.replyBy,
      respondOn: respondBy ?? null,
      updateOn: updateBy ?? null,
    };
    await this.drafting.finish(token, receipt);
    return void reply.redirect(`/contact/received/${receipt.reference}`, 303);
  }

  /** Says the same for every reference, except in the browser that sent it: nobody learns here which ones exist. */
  @Get('received/:reference')
  @Public({ audit: null, offices: 'none' })
  async received(
    @Param('reference') text: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const parsed = parseReference(text);
    if (!parsed) return void reply.redirect('/', 303);
    const receipt = (await this.drafting.find(request))?.receipt ?? null;
    const own = receipt?.reference === parsed.reference ? receipt : null;
    const office = (await this.offices.all()).find(({ id }) => id === own?.office);
    await showPublicPage(reply, 'contact/views/received', {
      title: 'received.title',
      reference: parsed.reference,
      aloud: referenceAloud(parsed.reference, messagesFor(request)),
      own,
      telephone: office?.telephone ?? null,
    });
  }

  /** The letter when all is answered; else the browser is sent to where it goes on. */
  private async ready(request: FastifyRequest, reply: FastifyReply): Promise<Writing | null> {
    const writing = await this.drafting.find(request);
    const elsewhere = await this.whereElse(request, writing);
    if (elsewhere === null) return writing;
    void reply.redirect(elsewhere, 303);
    return null;
  }

  private async whereElse(request: FastifyRequest, writing: Writing | null): Promise<string | null> {
    if (!writing) return this.drafting.isExpired(request, writing) ? '/contact/expired' : '/contact/office';
    if (writing.receipt) return `/contact/received/${writing.receipt.reference}`;
    const offices = (await this.offices.all()).map(({ id }) => id);
    const open = openStep(writing.answers, writing.done, offices);
    return open === null ? null : `/contact/${open}`;
  }
}
