import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@app/http';
import { ContactDrafts } from '@app/intake';
import { parseReference } from '@app/kernel';
import { Offices } from '@app/offices';
import { currentCaller, requestHash } from '@app/platform';
import { EQUALITY_QUESTIONS, equalityAnswers, ReviewApplications, type EqualityAnswers } from '@app/reviews';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { referenceAloud } from '../contact/reference-aloud';
import { messagesFor, showPublicPage, staffMessages } from '../http/public-page';
import { checkedParts } from './review-check';
import { REVIEW_PATH, ReviewDrafting, type ReviewReceipt, type ReviewWriting } from './review-drafting';
import { officeOf, particularsOf, statementOf } from './review-facts';
import { reviewLetter } from './review-letter';
import { nextPath, ReviewProgress, type Standing } from './review-progress';
import type { ReviewAnswers } from './review-questions';

/** The end of the application: the answers once more, sending, and what comes next. */
@ApiExcludeController()
@Controller('apply-for-a-review')
export class ApplySendController {
  constructor(
    private readonly drafting: ReviewDrafting,
    private readonly drafts: ContactDrafts,
    private readonly progress: ReviewProgress,
    private readonly applications: ReviewApplications,
    private readonly offices: Offices,
  ) {}

  @Get('check')
  @Public({ audit: null, offices: 'none' })
  async check(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ready = await this.ready(request, reply);
    if (!ready) return;
    await showPublicPage(reply, 'apply-for-review/views/check', {
      title: 'review.check.title',
      backHref: `${REVIEW_PATH}/equality`,
      hasLetter: true,
      parts: checkedParts(ready.writing, ready.standing, messagesFor(request)),
    });
  }

  @Post('check')
  @Public({ audit: null })
  async send(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ready = await this.ready(request, reply);
    if (!ready) return;
    const { writing, standing } = ready;
    const { token, answers, files, consentFiles } = writing;
    const isLate = standing.eligibility?.inTime === false;
    const consents = files.filter(({ id }) => consentFiles.includes(id)).map(({ filename }) => filename);
    const answer = await this.applications.submit({
      office: officeOf(answers),
      particulars: particularsOf(answers, standing.offices),
      statement: statementOf(answers, consents),
      ...reviewLetter(answers, standing.offices, isLate, staffMessages()),
      attachments: files.length === 0 ? [] : await this.drafts.attachments(token),
      equality: equalityOf(answers),
      caller: currentCaller(),
      // The same application sent twice (a double click, a reload, the way back) is one.
      idempotency: {
        scope: 'review-form',
        key: this.drafts.sendKey(token),
        requestHash: requestHash({ answers, files: files.map(({ id }) => id) }),
      },
    });
    const { reference, acknowledgeBy, respondBy } = answer.response as Record<string, string | null>;
    const receipt: ReviewReceipt = {
      reference: reference ?? '',
      office: officeOf(answers),
      replyBy: answers.replyBy ?? '',
      acknowledgeOn: acknowledgeBy ?? null,
      respondOn: respondBy ?? null,
    };
    await this.drafting.finish(token, receipt);
    return void reply.redirect(`${REVIEW_PATH}/received/${receipt.reference}`, 303);
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
    await showPublicPage(reply, 'apply-for-review/views/received', {
      title: 'review.received.title',
      reference: parsed.reference,
      aloud: referenceAloud(parsed.reference, messagesFor(request)),
      own,
      telephone: office?.telephone ?? null,
    });
  }

  /** The application when all is answered; else the browser is sent to where it goes on. */
  private async ready(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly writing: ReviewWriting; readonly standing: Standing } | null> {
    const elsewhere = (path: string): null => {
      void reply.redirect(path, 303);
      return null;
    };
    const writing = await this.drafting.find(request);
    if (!writing) return elsewhere(this.drafting.isExpired(request) ? `${REVIEW_PATH}/expired` : REVIEW_PATH);
    if (writing.receipt) return elsewhere(`${REVIEW_PATH}/received/${writing.receipt.reference}`);
    const standing = await this.progress.ofWriting(writing);
    return standing.open === null ? { writing, standing } : elsewhere(nextPath(standing));
  }
}

function equalityOf(answers: ReviewAnswers): EqualityAnswers {
  const questions = Object.keys(EQUALITY_QUESTIONS);
  return equalityAnswers(Object.fromEntries(questions.map((question) => [question, answers[`equality-${question}`]])));
}
