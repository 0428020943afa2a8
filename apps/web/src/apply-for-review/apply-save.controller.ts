import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import { ContactDrafts } from '@app/intake';
import { SendDraftLink } from '@app/reviews';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorsModel, looksLikeEmail, typed, type FormError } from '../http/form-errors';
import { PublicThrottle } from '../http/public-limits';
import { messagesFor, showPublicPage } from '../http/public-page';
import { readForm } from '../http/read-form';
import { REVIEW_PATH, ReviewDrafting, type ReviewWriting } from './review-drafting';
import { officeOf } from './review-facts';
import { nextPath, ReviewProgress } from './review-progress';

/** So that nobody is sent mail without end. */
const MOST_LINKS = 5;

/** Going on later: a link by mail that leads to the application once, in any browser. */
@ApiExcludeController()
@Controller('apply-for-a-review')
export class ApplySaveController {
  constructor(
    private readonly drafting: ReviewDrafting,
    private readonly drafts: ContactDrafts,
    private readonly links: SendDraftLink,
    private readonly progress: ReviewProgress,
    private readonly throttle: PublicThrottle,
  ) {}

  @Get('save')
  @Public({ audit: null, offices: 'none' })
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const writing = await this.unsent(request, reply);
    if (writing) await this.showAsk(reply, writing, writing.answers.email ?? '', []);
  }

  @Post('save')
  @Public({ audit: null })
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields } = await readForm(request);
    const writing = await this.unsent(request, reply);
    if (!writing) return;
    const email = typed(fields.email);
    if (!looksLikeEmail(email))
      return this.showAsk(reply, writing, email, [{ field: 'email', text: 'contact.errors.email' }]);
    if (writing.linksSent >= MOST_LINKS)
      return this.showAsk(reply, writing, email, [{ field: 'email', text: 'review.errors.tooManyLinks' }]);
    await this.throttle.count('followLinks', request.ip);
    const { officeIds } = await this.progress.ofWriting(writing);
    // The force may not be known yet, or may be another: then any office of ours sends the mail.
    const office = officeIds.find((id) => id === officeOf(writing.answers)) ?? officeIds[0] ?? '';
    await this.links.send(writing.token, office, email, `${REVIEW_PATH}/go-on`);
    await this.drafting.keep(writing.token, { linksSent: writing.linksSent + 1 });
    await showPublicPage(reply, 'apply-for-review/views/saved', {
      title: 'review.saved.title',
      email,
      next: nextPath(await this.progress.ofWriting(writing)),
    });
  }

  /** Looks at nothing and uses nothing up: programs that check mail open every link in it. */
  @Get('go-on/:link')
  @Public({ audit: null, offices: 'none' })
  opening(@Param('link') link: string, @Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'apply-for-review/views/go-on', { title: 'review.saved.openTitle', link });
  }

  @Post('go-on')
  @Public({ audit: null, offices: 'none' })
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields } = await readForm(request);
    const token = await this.drafts.openLink(fields.link ?? '');
    if (token === null) return void reply.redirect(`${REVIEW_PATH}/dead-link`, 303);
    this.drafting.use(reply, token);
    void reply.redirect(`${REVIEW_PATH}/check`, 303);
  }

  @Get('dead-link')
  @Public({ audit: null, offices: 'none' })
  dead(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'apply-for-review/views/dead', { title: 'review.saved.deadTitle', status: 410 });
  }

  private async unsent(request: FastifyRequest, reply: FastifyReply): Promise<ReviewWriting | null> {
    const writing = await this.drafting.find(request);
    if (writing && !writing.receipt) return writing;
    void reply.redirect(this.drafting.isExpired(request) ? `${REVIEW_PATH}/expired` : REVIEW_PATH, 303);
    return null;
  }

  private showAsk(
    reply: FastifyReply,
    writing: ReviewWriting,
    email: string,
    errors: readonly FormError[],
  ): Promise<void> {
    return this.progress.ofWriting(writing).then((standing) =>
      showPublicPage(reply, 'apply-for-review/views/save', {
        title: 'review.saved.askTitle',
        status: errors.length > 0 ? 422 : 200,
        backHref: nextPath(standing),
        email,
        ...errorsModel(errors, messagesFor(reply.request)),
      }),
    );
  }
}
