import { Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus, type Command } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { can } from '@app/access';
import { Requires } from '@app/http';
import {
  GetReviewRecommendations,
  type RecommendationAction,
  type RecommendationView,
  type ReviewRecommendations,
} from '@app/reviews';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import {
  ACT_FORMS,
  ACT_LABELS,
  actCommand,
  checkForm,
  FEEDBACK_FORM,
  feedbackCommand,
  isAct,
  MAKE_FORM,
  makeCommand,
  SUGGEST_FORM,
  suggestCommand,
  type RecommendationForm,
} from './recommendation-forms';
import { responseInWords, statusTag } from './recommendation-words';

/** What a review recommends and suggests, with what is done about each. */
@ApiExcludeController()
@Controller('staff/reviews/:reference')
export class ReviewRecommendationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  // The query records whose review was read.
  @Get('recommendations')
  @Requires('review:read', { audit: null })
  async list(
    @Param('reference') reference: string,
    @Req() { caller }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const review = await this.queries.execute(new GetReviewRecommendations(reference));
    await showStaffPage(reply, 'recommendations/views/review', {
      pageTitle: 'Recommendations and learning',
      review,
      mayWrite: can(caller.role, 'review:write'),
      recommendations: review.recommendations.map(shown),
    });
  }

  @Get('recommendations/make')
  @Requires('review:write', { audit: null })
  askMake(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.ask(reply, reference, MAKE_FORM, 'recommendations/make', null);
  }

  @Post('recommendations/make')
  @Requires('review:write', { audit: null })
  make(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const command = makeCommand(reference, fields);
    return this.carryOut(reply, reference, MAKE_FORM, 'recommendations/make', null, fields, command);
  }

  @Get('learning/suggest')
  @Requires('review:write', { audit: null })
  askSuggest(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.ask(reply, reference, SUGGEST_FORM, 'learning/suggest', null);
  }

  @Post('learning/suggest')
  @Requires('review:write', { audit: null })
  suggest(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const command = suggestCommand(reference, fields);
    return this.carryOut(reply, reference, SUGGEST_FORM, 'learning/suggest', null, fields, command);
  }

  @Get('learning/:id/note-feedback')
  @Requires('review:write', { audit: null })
  askFeedback(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.ask(reply, reference, FEEDBACK_FORM, `learning/${id}/note-feedback`, null);
  }

  @Post('learning/:id/note-feedback')
  @Requires('review:write', { audit: null })
  feedback(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const command = feedbackCommand(reference, id, fields);
    return this.carryOut(reply, reference, FEEDBACK_FORM, `learning/${id}/note-feedback`, null, fields, command);
  }

  @Get('recommendations/:id/:action')
  @Requires('review:write', { audit: null })
  askAct(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Param('action') action: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const act = actOf(action);
    return this.ask(reply, reference, ACT_FORMS[act], `recommendations/${id}/${act}`, id);
  }

  @Post('recommendations/:id/:action')
  @Requires('review:write', { audit: null })
  act(
    @Param('reference') reference: string,
    @Param('id') id: string,
    @Param('action') action: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const act = actOf(action);
    const fields = formFields(request);
    const command = actCommand(act, { reference, id, ifVersion: versionIn(fields) }, fields);
    return this.carryOut(reply, reference, ACT_FORMS[act], `recommendations/${id}/${act}`, id, fields, command);
  }

  private async ask(
    reply: FastifyReply,
    reference: string,
    form: RecommendationForm,
    path: string,
    id: string | null,
  ): Promise<void> {
    const review = await this.queries.execute(new GetReviewRecommendations(reference));
    const about = id === null ? null : (review.recommendations.find(({ state }) => state.id === id) ?? null);
    if (id !== null && about === null) throw new NotFoundException();
    const values: Fields = about === null ? {} : { version: String(about.version) };
    await this.page(reply, review, form, path, about, values, NO_ERRORS, null);
  }

  private async carryOut(
    reply: FastifyReply,
    reference: string,
    form: RecommendationForm,
    path: string,
    id: string | null,
    values: Fields,
    command: Command<string>,
  ): Promise<void> {
    const review = await this.queries.execute(new GetReviewRecommendations(reference));
    const about = id === null ? null : (review.recommendations.find(({ state }) => state.id === id) ?? null);
    if (id !== null && about === null) throw new NotFoundException();
    const found = checkForm(form.fields(review), values);
    if (found.length > 0) {
      void reply.status(422);
      return this.page(reply, review, form, path, about, values, formErrors(found), null);
    }
    try {
      await this.commands.execute(command);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const errors = formErrors(refused.fields.length > 0 ? refused.fields : [['refused', refused.message]]);
      return this.page(reply, review, form, path, about, values, errors, refused.message);
    }
    return void reply.redirect(`/staff/reviews/${review.reference}/recommendations?notice=${form.notice}`, 303);
  }

  private async page(
    reply: FastifyReply,
    review: ReviewRecommendations,
    form: RecommendationForm,
    path: string,
    about: RecommendationView | null,
    values: Fields,
    { errors, errorOf }: FormErrors,
    refused: string | null,
  ): Promise<void> {
    await showStaffPage(reply, 'recommendations/views/form', {
      pageTitle: form.title,
      ...{ review, form, path, values, errors, errorOf, refused },
      about: about && shown(about),
      fields: form.fields(review),
    });
  }
}

/** @throws NotFoundException for a page that there is not. */
function actOf(action: string): RecommendationAction {
  if (!isAct(action)) throw new NotFoundException();
  return action;
}

function shown(view: RecommendationView): RecommendationView & {
  readonly id: string;
  readonly tag: { readonly text: string; readonly classes: string };
  readonly responseInWords: string;
  readonly acts: readonly { readonly action: string; readonly text: string }[];
} {
  return {
    ...view,
    id: view.state.id,
    tag: statusTag(view.status, view.isOverdue),
    responseInWords: responseInWords(view.state.response?.response ?? null),
    acts: view.allowedActions.map((action) => ({ action, text: ACT_LABELS[action] })),
  };
}
