import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Requires } from '@app/http';
import type { ReviewAct } from '@app/reviews';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cleanFields, formFields } from '../case/form-fields';
import { CHECKING_FORMS, DECIDING_FORMS } from './deciding-forms';
import { ENTRY_FORMS } from './entry/entry-forms';
import { HANDLING_FORMS } from './handling-forms';
import { ReviewActs } from './review-acts';
import type { ReviewForm } from './review-form';

const FORMS: Readonly<Record<string, ReviewForm>> = { ...ENTRY_FORMS, ...HANDLING_FORMS, ...DECIDING_FORMS };

interface AtOnce {
  readonly act: ReviewAct;
  readonly notice: string;
}

/** Acts that ask nothing: a button on the pages of the review. */
const AT_ONCE: Readonly<Record<string, AtOnce>> = {
  resume: { act: { do: 'resume' }, notice: 'review-resumed' },
  'chase-papers': { act: { do: 'chase-papers' }, notice: 'review-papers-chased' },
};

/** What can be done with a review. Which of it may be done now is the rules' to say, not the pages'. */
@ApiExcludeController()
@Controller('staff/reviews/:reference')
export class ReviewActsController {
  constructor(private readonly acts: ReviewActs) {}

  @Get('check/:action')
  @Requires('review:check', { audit: null })
  showCheck(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.show(reply, reference, formOf(CHECKING_FORMS, action), {});
  }

  @Post('check/:action')
  @Requires('review:check', { audit: null })
  check(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.carryOut(reply, reference, formOf(CHECKING_FORMS, action), formFields(request));
  }

  @Get('do/:action')
  @Requires('review:write', { audit: null })
  show(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.acts.show(reply, reference, formOf(FORMS, action), cleanFields(query));
  }

  @Post('do/:action')
  @Requires('review:write', { audit: null })
  act(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const atOnce = Object.hasOwn(AT_ONCE, action) ? AT_ONCE[action] : undefined;
    if (atOnce) return this.acts.atOnce(reply, reference, values, atOnce.act, atOnce.notice);
    return this.acts.carryOut(reply, reference, formOf(FORMS, action), values);
  }
}

/** @throws NotFoundException for what is no act. */
function formOf(forms: Readonly<Record<string, ReviewForm>>, action: string): ReviewForm {
  const form = Object.hasOwn(forms, action) ? forms[action] : undefined;
  if (!form) throw new NotFoundException();
  return form;
}
