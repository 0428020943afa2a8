import { randomUUID } from 'node:crypto';
import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '@app/http';
import { CorrespondenceLog, type GivenAttachment } from '@app/intake';
import { parseReference } from '@app/kernel';
import { Offices } from '@app/offices';
import { currentCaller, requestHash } from '@app/platform';
import { loadMessages, textAt } from '../http/messages';
import { checkContactForm, readContactForm, type ContactError, type ContactValues } from './contact-form';
import { readMultipart } from './read-multipart';

const messages = loadMessages('en');

/** The public contact form: plain HTML, no script, no account. */
@ApiExcludeController()
@Controller()
export class ContactController {
  constructor(
    private readonly log: CorrespondenceLog,
    private readonly offices: Offices,
  ) {}

  @Get('/')
  @Public({ audit: null })
  show(@Res() reply: FastifyReply): Promise<void> {
    return this.form(reply, 200, readContactForm({}), []);
  }

  @Get('/contact')
  @Public({ audit: null })
  again(@Res() reply: FastifyReply): Promise<void> {
    return this.show(reply);
  }

  @Post('/contact')
  @Public({ audit: null })
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields, files, isTooLarge } = await readMultipart(request);
    const values = readContactForm(fields);
    const offices = (await this.offices.all()).map(({ id }) => id);
    const errors = checkContactForm(values, offices, messages);
    if (isTooLarge) errors.push({ field: 'files', text: textAt(messages, 'contact.errors.files') });
    if (errors.length > 0) return this.form(reply, 422, values, errors, fields.once);
    // A field that people cannot see was filled in by a program. It is told nothing and stored nowhere.
    if (fields.website) return void reply.redirect('/', 303);
    const answer = await this.log.log({
      source: 'web-form',
      channel: 'web-form',
      receivedAt: null,
      subject: values.subject,
      body: bodyOf(values),
      correspondent: {
        name: values.name || null,
        email: values.email || null,
        phone: values.phone || null,
        postcode: values.postcode || null,
        organisation: null,
        capacity: null,
        preferredChannel: values.replyBy,
        adjustments: values.adjustments || null,
      },
      attachments: files,
      office: values.office,
      caller: currentCaller(),
      // The same page sent twice (a double click, a reload) is one message.
      idempotency: { scope: 'contact-form', key: onceOf(fields.once), requestHash: hashOf(values, files) },
    });
    return void reply.redirect(`/contact/received/${answer.response.reference as string}`, 303);
  }

  /** Says the same for every reference: nobody learns here which ones exist. */
  @Get('/contact/received/:reference')
  @Public({ audit: null, offices: 'none' })
  async received(@Param('reference') text: string, @Res() reply: FastifyReply): Promise<void> {
    const parsed = parseReference(text);
    if (!parsed) return void reply.redirect('/', 303);
    await reply.viewAsync('contact/views/received', {
      m: messages,
      pageTitle: textAt(messages, 'received.title'),
      reference: parsed.reference,
    });
  }

  private async form(
    reply: FastifyReply,
    status: number,
    values: ContactValues,
    errors: readonly ContactError[],
    once = randomUUID() as string,
  ): Promise<void> {
    const offices = await this.offices.all();
    await reply.status(status).viewAsync('contact/views/form', {
      m: messages,
      pageTitle: textAt(messages, 'contact.title'),
      once,
      values,
      offices: [
        { value: '', text: '' },
        ...offices.map(({ id, name }) => ({ value: id, text: name, selected: id === values.office })),
      ],
      errors: errors.map(({ field, text }) => ({ text, href: `#${field}` })),
      errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, { text }])),
    });
  }
}

/** What the office must know to answer is part of the letter, in words. */
function bodyOf(values: ContactValues): string {
  const address = values.address === '' ? '' : `\n\nPostal address:\n${values.address}`;
  return `${values.message}${address}`;
}

function onceOf(text: string | undefined): string {
  return text !== undefined && /^[\w-]{8,64}$/.test(text) ? text : randomUUID();
}

function hashOf(values: ContactValues, files: readonly GivenAttachment[]): Buffer {
  return requestHash({ ...values, files: files.map(({ filename, content }) => [filename, content.length]) });
}
