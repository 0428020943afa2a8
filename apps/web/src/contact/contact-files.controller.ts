import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import { ContactDrafts } from '@app/intake';
import { Offices } from '@app/offices';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormError } from '../http/form-errors';
import { PublicThrottle } from '../http/public-limits';
import { messagesFor, showPublicPage } from '../http/public-page';
import { readForm } from '../http/read-form';
import { ContactDrafting, type Writing } from './contact-drafting';
import { stepModel } from './contact-page';
import { openStep } from './contact-steps';

/** The page of the contact form that takes files: added and removed one by one, without JavaScript. */
@ApiExcludeController()
@Controller('contact/files')
export class ContactFilesController {
  constructor(
    private readonly drafting: ContactDrafting,
    private readonly drafts: ContactDrafts,
    private readonly offices: Offices,
    private readonly throttle: PublicThrottle,
  ) {}

  @Post()
  @Public({ audit: null, offices: 'none' })
  async answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields, files, isTooLarge } = await readForm(request);
    const writing = await this.drafting.find(request);
    if (!writing) return void reply.redirect('/contact/expired', 303);
    if (writing.receipt) return void reply.redirect(`/contact/received/${writing.receipt.reference}`, 303);
    if (fields.remove !== undefined) {
      await this.drafts.removeFile(writing.token, fields.remove);
      return void reply.redirect('/contact/files', 303);
    }
    if (isTooLarge) return this.refuse(request, reply, writing, 'files');
    const empty = files.find(({ content }) => content.length === 0);
    if (empty) return this.refuse(request, reply, writing, 'filesEmpty', { filename: empty.filename });
    if (files.length === 0 && fields.action === 'add') return this.refuse(request, reply, writing, 'filesNone');
    if (files.length > 0) {
      await this.throttle.count('uploads', request.ip);
      const outcome = await this.drafts.addFiles(writing.token, files);
      if (outcome === 'too-much') return this.refuse(request, reply, writing, 'files');
      if (outcome === 'gone') return void reply.redirect('/contact/expired', 303);
    }
    if (fields.action === 'add') return void reply.redirect('/contact/files', 303);
    await this.drafting.keep(writing.token, 'files', {});
    const offices = (await this.offices.all()).map(({ id }) => id);
    const next = openStep(writing.answers, [...writing.done, 'files'], offices) ?? 'check';
    return void reply.redirect(`/contact/${next}`, 303);
  }

  private async refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    writing: Writing,
    text: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const errors: FormError[] = [{ field: 'files', text: `contact.errors.${text}`, values }];
    const offices = await this.offices.all();
    await showPublicPage(
      reply,
      'contact/views/files',
      stepModel('files', writing, {}, errors, offices, messagesFor(request)),
    );
  }
}
