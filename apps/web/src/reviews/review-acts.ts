import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { GetCase, ListCaseChoices } from '@app/casework';
import { Clock, londonDate, parseReference } from '@app/kernel';
import { currentCaller } from '@app/platform';
import { ActOnReview, GetReview, ListReviewers, type ReviewAct } from '@app/reviews';
import type { FastifyReply } from 'fastify';
import { checkFields, tickName } from '../case/case-action-forms';
import { formErrors, NO_ERRORS, versionIn, type Fields, type FormErrors } from '../case/form-fields';
import { refusedBy, type Refused } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { findingsOf } from './findings-model';
import { checkShapes, isAsked, rowName, rowValues, shownRows, type ReviewField } from './form-field';
import type { ReviewForm, ReviewFormContext } from './review-form';
import { reviewPath } from './review-path';

/** Shows and carries out what can be done with a review. */
@Injectable()
export class ReviewActs {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** The page of an act. */
  async show(reply: FastifyReply, reference: string, form: ReviewForm, asked: Fields): Promise<void> {
    const context = await this.context(reference, asked);
    await this.page(reply, form, context, firstValues(form.fields(context)), NO_ERRORS, false);
  }

  /** Does it and goes back to the review; a refusal keeps what was typed. */
  async carryOut(reply: FastifyReply, reference: string, form: ReviewForm, values: Fields): Promise<void> {
    const context = await this.context(reference, values);
    const fields = form.fields(context);
    // "More rows" is a button of the same form: nothing is done but to show them.
    if (values.more !== undefined) return this.page(reply, form, context, values, NO_ERRORS, false);
    const found = [
      ...checkFields(fields.filter(isAsked), values),
      ...checkShapes(fields, values),
      ...(form.check?.(values, context) ?? []),
    ];
    if (found.length > 0) {
      void reply.status(422);
      return this.page(reply, form, context, values, formErrors(found), false);
    }
    try {
      await this.act(context.view.state.reference, versionIn(values), form.act(values, context));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const isStale = refused.status === 412;
      const errors = isStale ? NO_ERRORS : formErrors(placed(refused, form, fields));
      return this.page(reply, form, isStale ? await this.context(reference, values) : context, values, errors, isStale);
    }
    void reply.redirect(`${reviewPath(context.view.state, form.part)}?notice=${form.notice}`, 303);
  }

  /** An act that asks nothing: done at once, or explained. */
  async atOnce(reply: FastifyReply, reference: string, values: Fields, act: ReviewAct, notice: string): Promise<void> {
    const known = parseReference(reference)?.reference ?? reference;
    const part = act.do === 'chase-papers' ? 'papers' : '';
    try {
      const done = await this.act(known, versionIn(values), act);
      void reply.redirect(`${reviewPath({ reference: done }, part)}?notice=${notice}`, 303);
    } catch (error) {
      await this.explain(reply, known, error, part);
    }
  }

  /** A refusal of something that has no form to come back to. @throws the error, where it is none of the review's rules. */
  async explain(reply: FastifyReply, reference: string, error: unknown, part: string): Promise<void> {
    const refused = refusedBy(error);
    if (refused === null) throw error;
    await showStaffPage(reply.status(refused.status), 'reviews/views/refused', {
      pageTitle: 'This was not done',
      reference,
      back: reviewPath({ reference }, part),
      message: refused.message,
    });
  }

  act(reference: string, ifVersion: number | null, act: ReviewAct): Promise<string> {
    return this.commands.execute(new ActOnReview({ reference, ifVersion }, act));
  }

  private async context(reference: string, asked: Fields): Promise<ReviewFormContext> {
    const view = await this.queries.execute(new GetReview(reference));
    const detail = await this.queries.execute(new GetCase(reference));
    return {
      view,
      case: detail,
      choices: await this.queries.execute(new ListCaseChoices(detail.office)),
      reviewers: await this.queries.execute(new ListReviewers(reference)),
      me: currentCaller().actor.id,
      today: londonDate(this.clock.now()),
      asked,
    };
  }

  private async page(
    reply: FastifyReply,
    form: ReviewForm,
    context: ReviewFormContext,
    values: Fields,
    { errors, errorOf }: FormErrors,
    isStale: boolean,
  ): Promise<void> {
    const { view } = context;
    const { reference } = view.state;
    await showStaffPage(reply, 'reviews/views/act', {
      pageTitle: form.title,
      form,
      reference,
      subject: context.case.subject,
      correspondent: context.case.correspondent,
      path: reviewPath(view.state, ''),
      back: reviewPath(view.state, form.part),
      intro: form.intro?.(context) ?? null,
      findings: form.shows === 'findings' ? findingsOf(view) : null,
      isAllowed: view.allowedActions.includes(form.action),
      fields: form.fields(context).map((field) => shownField(field, values)),
      values,
      errors,
      errorOf,
      isStale,
      // After somebody else's change the person sees it and decides anew: the next try is from the new version.
      version: isStale ? String(view.version) : (values.version ?? String(view.version)),
    });
  }
}

/** Errors at the fields that the form has; what has none is said above it. */
function placed(refused: Refused, form: ReviewForm, fields: readonly ReviewField[]): (readonly [string, string])[] {
  const fallback = form.refusedAt ?? 'refused';
  if (refused.fields.length === 0) return [[fallback, refused.message]];
  return refused.fields.map(([pointer, text]) => {
    const [name = '', row, column] = pointer.split('/');
    const field = fields.find((each) => each.name === name);
    if (field === undefined || field.kind === 'hidden') return ['refused', text] as const;
    if (field.kind !== 'rows') return [name, text] as const;
    return [rowName(name, Number(row ?? 0), column ?? field.columns[0]?.name ?? ''), text] as const;
  });
}

function firstValues(fields: readonly ReviewField[]): Fields {
  return Object.fromEntries(
    fields.flatMap((field): [string, string][] => {
      if (field.kind === 'rows') return rowValues(field);
      if (field.kind === 'hidden') return [[field.name, field.value]];
      const { name, value, ticked } = field;
      return ticked ? ticked.map((each) => [tickName(name, each), 'yes']) : [[name, value ?? '']];
    }),
  );
}

/** Boxes and rows carry what the template cannot look up by itself. */
function shownField(field: ReviewField, values: Fields): object {
  if (field.kind === 'rows') {
    const rows = Array.from({ length: shownRows(field, values) }, (_, row) => ({
      label: `${field.one} ${String(row + 1)}`,
      cells: field.columns.map((column) => {
        const id = rowName(field.name, row, column.name);
        return { ...column, id, value: values[id] ?? '' };
      }),
    }));
    return { ...field, rows };
  }
  const withHints = (field.kind === 'hidden' ? [] : (field.items ?? [])).map(({ hint, ...item }) => ({
    ...item,
    ...(hint === undefined ? {} : { hint: { text: hint } }),
  }));
  if (field.kind !== 'ticks') return { ...field, items: withHints };
  const items = withHints.map((item) => {
    const name = tickName(field.name, item.value);
    return { ...item, name, value: 'yes', checked: values[name] === 'yes' };
  });
  return { ...field, items };
}
