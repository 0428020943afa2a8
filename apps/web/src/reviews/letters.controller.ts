import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { parseReference } from '@app/kernel';
import {
  DraftDecisionLetters,
  isReadyLetter,
  IssueDecision,
  ListDecisionLetters,
  type DecisionLetter,
} from '@app/reviews';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formErrors, formFields, NO_ERRORS, versionIn, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { documentStatus, wayInWords } from '../documents/document-words';
import { showStaffPage } from '../staff/staff-page';
import { ReviewActs } from './review-acts';
import { ReviewPages } from './review-page';
import { reviewPath } from './review-path';
import { reviewTabs } from './review.controller';

/** The letters that tell a decision: drafted from the findings, read and approved one by one, issued together. */
@ApiExcludeController()
@Controller('staff/reviews/:reference/letters')
export class DecisionLettersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly pages: ReviewPages,
    private readonly acts: ReviewActs,
  ) {}

  @Get()
  @Requires('review:read', { audit: null })
  show(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.page(reply, reference, NO_ERRORS);
  }

  @Post('draft')
  @Requires('review:write', { audit: null })
  async draft(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const known = parseReference(reference)?.reference ?? reference;
    try {
      await this.commands.execute(new DraftDecisionLetters(known));
      void reply.redirect(`${reviewPath({ reference: known }, 'letters')}?notice=review-letters-drafted`, 303);
    } catch (error) {
      await this.acts.explain(reply, known, error, 'letters');
    }
  }

  @Post('issue')
  @Requires('review:write', { audit: null })
  async issue(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const values = formFields(request);
    const known = parseReference(reference)?.reference ?? reference;
    try {
      const target = { reference: known, ifVersion: versionIn(values) };
      await this.commands.execute(new IssueDecision(target, values.cautionRead === 'yes'));
      void reply.redirect(`${reviewPath(target, 'decision')}?notice=review-issued`, 303);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      const isCaution = refused.fields.some(([field]) => field === 'cautionRead');
      const errors = formErrors([[isCaution ? 'cautionRead' : 'issue', refused.fields[0]?.[1] ?? refused.message]]);
      await this.page(reply.status(refused.status), known, errors);
    }
  }

  private async page(reply: FastifyReply, reference: string, errors: FormErrors): Promise<void> {
    const model = await this.pages.of(reference);
    const letters = await this.queries.execute(new ListDecisionLetters(reference));
    const { safeContactNote = null, contactRestriction = null } = model.case.correspondent ?? {};
    const isOpen = model.view.allowedActions.includes('issue-decision');
    await showStaffPage(reply, 'reviews/views/letters', {
      ...model,
      ...errors,
      // It is this page that is next.
      next: { ...model.next, href: null },
      pageTitle: `Letters of the decision ${model.view.state.reference}`,
      isWide: true,
      tabs: reviewTabs(model.view.state.reference, 'decision'),
      letters: letters.map((letter) => shownLetter(letter, model.view.state.reference)),
      hasCaution: safeContactNote !== null || contactRestriction !== null,
      isOpen,
      mayDraft: isOpen && letters.some(({ document }) => document === null),
      mayIssue: isOpen && letters.every(({ document }) => isReadyLetter(document)),
    });
  }
}

function shownLetter({ document, email, ...letter }: DecisionLetter, reference: string): object {
  const path = document === null ? null : `/staff/cases/${reference}/documents/${document.id}`;
  return {
    ...letter,
    way:
      document?.status === 'issued'
        ? wayInWords(document.issuedWay)
        : email === null
          ? 'By post: no e-mail address is known'
          : `By e-mail to ${email}`,
    tag: document === null ? null : documentStatus(document.status),
    path,
    editPath: document?.status === 'draft' ? `${path ?? ''}/edit` : null,
  };
}
