import { Controller, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import { ContactDrafts } from '@app/intake';
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

/** The pages of the application that take files: added and removed one by one, without JavaScript. */
@ApiExcludeController()
@Controller('apply-for-a-review/with-files')
export class ApplyFilesController {
  constructor(
    private readonly drafting: ReviewDrafting,
    private readonly drafts: ContactDrafts,
    private readonly progress: ReviewProgress,
    private readonly throttle: PublicThrottle,
  ) {}

  @Post(':step')
  @Public({ audit: null, offices: 'none' })
  async answer(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const step = reviewStep(name);
    if (step?.page !== 'files') throw new NotFoundException();
    const { fields, files, isTooLarge } = await readForm(request);
    const writing = await this.drafting.find(request);
    const here = `${REVIEW_PATH}/${name}`;
    if (!writing) return void reply.redirect(`${REVIEW_PATH}/expired`, 303);
    if (writing.receipt) return void reply.redirect(`${REVIEW_PATH}/received/${writing.receipt.reference}`, 303);
    if (fields.remove !== undefined) {
      await this.drafts.removeFile(writing.token, fields.remove);
      return void reply.redirect(here, 303);
    }
    const given = readReviewStep(step, fields);
    const refuse = (text: string, values: Readonly<Record<string, string>> = {}): Promise<void> =>
      this.show(reply, step, writing, given, [{ field: 'files', text: `contact.errors.${text}`, values }]);
    if (isTooLarge) return refuse('files');
    const empty = files.find(({ content }) => content.length === 0);
    if (empty) return refuse('filesEmpty', { filename: empty.filename });
    if (files.length === 0 && fields.action === 'add') return refuse('filesNone');
    if (files.length > 0) {
      await this.throttle.count('uploads', request.ip);
      const outcome = await this.drafts.addFiles(writing.token, files);
      if (outcome === 'too-much') return refuse('files');
      if (outcome === 'gone') return void reply.redirect(`${REVIEW_PATH}/expired`, 303);
      if (name === 'consent') await this.keepAsConsent(request, writing);
    }
    if (fields.action === 'add') {
      await this.drafting.keep(writing.token, { answers: given });
      return void reply.redirect(here, 303);
    }
    const answers = { ...writing.answers, ...given };
    const { officeIds, today } = await this.progress.of(answers, []);
    const errors = checkReviewStep(step, answers, { offices: officeIds, today });
    if (errors.length > 0) return this.show(reply, step, writing, given, errors);
    await this.drafting.keep(writing.token, { step: name, answers: given });
    return void reply.redirect(nextPath(await this.progress.of(answers, doneAfter(writing.done, name))), 303);
  }

  /** The files that were not there before are the written consent. */
  private async keepAsConsent(request: FastifyRequest, before: ReviewWriting): Promise<void> {
    const now = await this.drafting.find(request);
    const known = before.files.map(({ id }) => id);
    const added = (now?.files ?? []).map(({ id }) => id).filter((id) => !known.includes(id));
    await this.drafting.keep(before.token, { consentFiles: [...before.consentFiles, ...added] });
  }

  private async show(
    reply: FastifyReply,
    step: ReviewStep,
    writing: ReviewWriting,
    given: ReviewAnswers,
    errors: readonly FormError[],
  ): Promise<void> {
    const standing = await this.progress.ofWriting(writing);
    const model = reviewStepModel(step, writing, given, errors, standing, messagesFor(reply.request));
    await showPublicPage(reply, 'apply-for-review/views/files', model);
  }
}
