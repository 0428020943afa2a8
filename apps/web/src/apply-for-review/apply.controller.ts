import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormError } from '../http/form-errors';
import { PublicThrottle } from '../http/public-limits';
import { messagesFor, showPublicPage } from '../http/public-page';
import { readForm } from '../http/read-form';
import { checkReviewStep, readReviewStep } from './review-answers';
import { REVIEW_PATH, ReviewDrafting, type ReviewWriting } from './review-drafting';
import { reviewStepModel } from './review-page';
import { nextPath, ReviewProgress } from './review-progress';
import { doneAfter, reviewStep, type ReviewAnswers, type ReviewStep } from './review-questions';
import { resultModel } from './review-result';

const FIRST_STEP = 'force';

/** The application for a review, one question a page: plain HTML, no script and no account needed. */
@ApiExcludeController()
@Controller('apply-for-a-review')
export class ApplyController {
  constructor(
    private readonly drafting: ReviewDrafting,
    private readonly progress: ReviewProgress,
    private readonly throttle: PublicThrottle,
  ) {}

  @Get()
  @Public({ audit: null, offices: 'none' })
  start(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'apply-for-review/views/start', { title: 'review.title', backHref: '/' });
  }

  @Get('expired')
  @Public({ audit: null, offices: 'none' })
  async expired(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const writing = await this.drafting.find(request);
    if (!writing) this.drafting.clear(reply);
    await showPublicPage(reply, 'apply-for-review/views/expired', {
      title: 'contact.expired.title',
      isKept: writing !== null,
    });
  }

  @Post('leave')
  @Public({ audit: null, offices: 'none' })
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.drafting.leave(request, reply);
    void reply.redirect('/', 303);
  }

  @Get(':step')
  @Public({ audit: null, offices: 'none' })
  async show(
    @Param('step') name: string,
    @Query('begun') begun: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const step = reviewStep(name);
    if (!step) throw new NotFoundException();
    const found = await this.drafting.find(request);
    if (found?.receipt && name !== FIRST_STEP) return toReceipt(reply, found);
    const writing = found?.receipt ? null : found;
    if (writing === null && name !== FIRST_STEP) {
      if (this.drafting.isExpired(request)) return void reply.redirect(`${REVIEW_PATH}/expired`, 303);
      if (begun === undefined) return void reply.redirect(REVIEW_PATH, 303);
      return showPublicPage(reply, 'contact/views/cookies', { title: 'contact.cookies.title' });
    }
    await this.showStep(reply, step, writing, {}, []);
  }

  @Post(':step')
  @Public({ audit: null, offices: 'none' })
  async answer(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const step = reviewStep(name);
    if (!step || step.page === 'files') throw new NotFoundException();
    const { fields } = await readForm(request);
    // A field that people cannot see was filled in by a program. It is told nothing and stored nowhere.
    if (fields.website) return void reply.redirect('/', 303);
    const found = await this.drafting.find(request);
    if (found?.receipt && name !== FIRST_STEP) return toReceipt(reply, found);
    const writing = found?.receipt ? null : found;
    const given = readReviewStep(step, fields);
    const answers = { ...writing?.answers, ...given };
    const { officeIds, today } = await this.progress.of(answers, []);
    const errors = checkReviewStep(step, answers, { offices: officeIds, today });
    if (errors.length > 0) return this.showStep(reply, step, writing, given, errors);
    if (writing && (await this.drafting.keep(writing.token, { step: name, answers: given }))) {
      const standing = await this.progress.of(answers, doneAfter(writing.done, name));
      return void reply.redirect(nextPath(standing), 303);
    }
    await this.throttle.count('letters', request.ip);
    await this.drafting.begin(reply, name, given);
    // What was typed is not lost, even where the application that it belongs to is.
    const next = nextPath(await this.progress.of(given, [name]));
    return void reply.redirect(name === FIRST_STEP ? `${next}?begun=1` : `${REVIEW_PATH}/expired`, 303);
  }

  private async showStep(
    reply: FastifyReply,
    step: ReviewStep,
    writing: ReviewWriting | null,
    given: ReviewAnswers,
    errors: readonly FormError[],
  ): Promise<void> {
    const m = messagesFor(reply.request);
    const answers = { ...writing?.answers, ...given };
    const standing = await this.progress.of(writing?.answers ?? {}, writing?.done ?? []);
    const model = reviewStepModel(step, writing, given, errors, standing, m);
    if (step.page === 'result') {
      const result = resultModel(answers, standing, m);
      // Days that contradict each other, or nothing answered yet: the first open page says what is missing.
      if (result === null) return void reply.redirect(nextPath(standing), 303);
      return showPublicPage(reply, 'apply-for-review/views/result', { ...model, result });
    }
    await showPublicPage(reply, `apply-for-review/views/${step.page ?? 'question'}`, model);
  }
}

function toReceipt(reply: FastifyReply, { receipt }: ReviewWriting): void {
  void reply.redirect(`${REVIEW_PATH}/received/${receipt?.reference ?? ''}`, 303);
}
