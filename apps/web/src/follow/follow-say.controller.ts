import { randomUUID } from 'node:crypto';
import { Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { GetFollowedCase, SayOnFollowedCase, type FollowSaying, type FollowSession } from '@app/follow';
import { Public } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { adjustmentsInWords } from '../contact/contact-letter';
import { formatItems } from '../contact/contact-page';
import { errorsModel, type FormError } from '../http/form-errors';
import { textAt } from '../http/messages';
import { PublicThrottle } from '../http/public-limits';
import { messagesFor, showPublicPage, staffMessages } from '../http/public-page';
import { readForm } from '../http/read-form';
import { FollowBrowser } from './follow-browser';
import { checkSaying, readSaying, SAYINGS, type SayingValues } from './follow-form';

/** Wording of a kind among the messages. */
const WORDING: Readonly<Record<FollowSaying, string>> = {
  message: 'add',
  'not-answered': 'notAnswered',
  withdraw: 'withdraw',
  format: 'format',
};

/** What the sender of a case can say on it, a page for each. */
@ApiExcludeController()
@Controller('follow/case')
export class FollowSayController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly browser: FollowBrowser,
    private readonly throttle: PublicThrottle,
  ) {}

  @Get(':what')
  @Public({ audit: null })
  async form(@Param('what') what: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kind = kindOf(what);
    const session = await this.browser.session(request);
    const followed = session && (await this.queries.execute(new GetFollowedCase(session)));
    if (!session || !followed) return void reply.redirect('/follow/ended', 303);
    if (kind === 'withdraw' && !followed.mayWithdraw) return void reply.redirect('/follow/case', 303);
    await this.show(reply, kind, session, { text: '', formats: '' }, [], randomUUID());
  }

  @Post(':what')
  @Public({ audit: null })
  async say(@Param('what') what: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kind = kindOf(what);
    const { fields, files, isTooLarge } = await readForm(request);
    const values = readSaying(fields);
    const session = await this.browser.session(request);
    // What was written is shown again, so that it is not lost.
    if (!session || fields.token !== session.formToken) return this.ended(reply, values);
    const errors = checkSaying(kind, values, files.length, isTooLarge);
    const once = /^[\w-]{8,64}$/.test(fields.once ?? '') ? String(fields.once) : randomUUID();
    if (errors.length > 0) return this.show(reply, kind, session, values, errors, once);
    await this.throttle.count('uploads', request.ip);
    const staff = staffMessages();
    const adjustments = kind === 'format' ? adjustmentsInWords(values.formats, values.text, staff) : null;
    const subject = textAt(staff, `follow.subjects.${kind === 'not-answered' ? 'notAnswered' : kind}`);
    const text = adjustments ?? (values.text || subject);
    const isDone = await this.commands.execute(
      new SayOnFollowedCase(session, { kind, subject, text, files, adjustments, once }),
    );
    if (!isDone) return this.ended(reply, values);
    return void reply.redirect(`/follow/case?done=${kind}`, 303);
  }

  private ended(reply: FastifyReply, { text }: SayingValues): Promise<void> {
    return showPublicPage(reply, 'follow/views/ended', { title: 'follow.endedTitle', status: 410, text });
  }

  private async show(
    reply: FastifyReply,
    kind: FollowSaying,
    session: FollowSession,
    values: SayingValues,
    errors: readonly FormError[],
    once: string,
  ): Promise<void> {
    const m = messagesFor(reply.request);
    await showPublicPage(reply, 'follow/views/say', {
      title: `follow.${WORDING[kind]}.title`,
      status: errors.length > 0 ? 422 : 200,
      backHref: '/follow/case',
      kind,
      action: Object.keys(SAYINGS).find((key) => SAYINGS[key] === kind),
      values,
      once,
      formToken: session.formToken,
      formatItems: formatItems(values.formats, m),
      ...errorsModel(errors, m),
    });
  }
}

/** @throws NotFoundException for a page that there is not. */
function kindOf(what: string): FollowSaying {
  const kind = Object.hasOwn(SAYINGS, what) ? SAYINGS[what] : undefined;
  if (kind === undefined) throw new NotFoundException();
  return kind;
}
