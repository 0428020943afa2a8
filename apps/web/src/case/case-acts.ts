import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus, type Command } from '@nestjs/cqrs';
import {
  GetCase,
  GetCaseVersion,
  ListCaseChoices,
  ListCaseDeadlines,
  PreviewLetter,
  type CaseDetail,
  type CaseTarget,
} from '@app/casework';
import { dayInWords, DomainError, parseReference } from '@app/kernel';
import { currentCaller } from '@app/platform';
import type { FastifyReply } from 'fastify';
import { showStaffPage } from '../staff/staff-page';
import { checkFields, tickName, type ActionContext, type ActionField, type ActionForm } from './case-action-forms';
import { clockName } from './clock-in-words';
import { formErrors, NO_ERRORS, versionIn, type Fields, type FormErrors } from './form-fields';
import { nameOf, PeopleNames } from './people-names';
import { refusedBy } from './refusals';

/** Somebody else changed the case while a form of it was open. */
export interface ChangedMeanwhile {
  readonly by: string;
  readonly at: string;
}

/** Shows and carries out what can be done with a case. */
@Injectable()
export class CaseActs {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: PeopleNames,
  ) {}

  /** The page of an action. */
  async show(reply: FastifyReply, reference: string, key: string, form: ActionForm): Promise<void> {
    const context = await this.context(reference);
    await this.page(reply, key, form, context, await this.firstValues(form, context), NO_ERRORS, null);
  }

  /** Does it and goes back to the case; a refusal keeps what was typed. */
  async carryOut(reply: FastifyReply, reference: string, key: string, form: ActionForm, values: Fields): Promise<void> {
    const context = await this.context(reference);
    const found = checkFields(form.fields(context), values);
    if (found.length > 0) {
      void reply.status(422);
      return this.page(reply, key, form, context, values, formErrors(found), null);
    }
    const target = { reference: context.case.reference, ifVersion: versionIn(values) };
    try {
      await this.commands.execute(form.command(target, values));
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const fields = refused.fields.length > 0 ? refused.fields : ([['refused', refused.message]] as const);
      const changed = refused.status === 412 ? await this.changed(reference) : null;
      return this.page(reply, key, form, context, values, formErrors(changed ? [] : fields), changed);
    }
    // What one has just hidden from oneself cannot be gone back to.
    const isHidden = form.hidesFrom?.(values) === context.caller.id;
    void reply.redirect(`${isHidden ? '/staff/cases' : pathOf(context.case)}?notice=${form.notice}`, 303);
  }

  /** An action that asks nothing: done at once, or explained. */
  async atOnce(
    reply: FastifyReply,
    reference: string,
    values: Fields,
    notice: string,
    command: (target: CaseTarget) => Command<string>,
    backTo = '',
  ): Promise<void> {
    const parsed = parseReference(reference);
    const target = { reference: parsed?.reference ?? reference, ifVersion: versionIn(values) };
    try {
      const done = await this.commands.execute(command(target));
      void reply.redirect(`/staff/cases/${done}${backTo}?notice=${notice}`, 303);
    } catch (error) {
      await this.explain(reply, target.reference, error, backTo);
    }
  }

  /** A refusal of something that has no form to come back to. @throws the error, where it is none of the case's rules. */
  async explain(reply: FastifyReply, reference: string, error: unknown, backTo = ''): Promise<void> {
    const refused = refusedBy(error);
    if (refused === null) throw error;
    const changed = refused.status === 412 ? await this.changed(reference) : null;
    void reply.status(refused.status);
    await showStaffPage(reply, 'case/views/refused', {
      pageTitle: 'This was not done',
      reference,
      back: `/staff/cases/${reference}${backTo}`,
      message: error instanceof DomainError ? refused.message : '',
      changed,
    });
  }

  async changed(reference: string): Promise<ChangedMeanwhile> {
    const { changedBy, changedAt } = await this.queries.execute(new GetCaseVersion(reference));
    const names = await this.people.of([changedBy.id]);
    return { by: nameOf(changedBy, names), at: changedAt };
  }

  private async context(reference: string): Promise<ActionContext> {
    const detail = await this.queries.execute(new GetCase(reference));
    const deadlines = await this.queries.execute(new ListCaseDeadlines(reference));
    const { id } = currentCaller().actor;
    const { safeContactNote = null, contactRestriction = null } = detail.correspondent ?? {};
    return {
      case: detail,
      choices: await this.queries.execute(new ListCaseChoices(detail.office)),
      people: await this.people.inOffice(detail.office),
      clocks: deadlines.flatMap(({ clock, dueOn, metOn, status }) =>
        metOn === null && status !== 'stopped' && dueOn !== null
          ? [{ clock, text: `${clockName(clock)}: ${dayInWords(dueOn)}` }]
          : [],
      ),
      hasCaution: safeContactNote !== null || contactRestriction !== null,
      caller: { id, name: (await this.people.of([id])).get(id) ?? id },
      readers: await this.people.whoMaySee(detail),
    };
  }

  private async firstValues(form: ActionForm, context: ActionContext): Promise<Fields> {
    const values = Object.fromEntries(
      form
        .fields(context)
        .flatMap(({ name, value, ticked }) =>
          ticked ? ticked.map((each) => [tickName(name, each), 'yes']) : [[name, value ?? '']],
        ),
    ) as Fields;
    if (form.action !== 'hold-update') return values;
    const { body } = await this.queries.execute(new PreviewLetter(context.case.reference, 'holding-update', null));
    return { ...values, text: body };
  }

  private async page(
    reply: FastifyReply,
    key: string,
    form: ActionForm,
    context: ActionContext,
    values: Fields,
    { errors, errorOf }: FormErrors,
    changed: ChangedMeanwhile | null,
  ): Promise<void> {
    const { case: detail } = context;
    await showStaffPage(reply, 'case/views/action', {
      pageTitle: form.title,
      key,
      form,
      case: detail,
      isAllowed: detail.allowedActions.includes(form.action),
      fields: form.fields(context).map((field) => shownField(field, values)),
      values,
      errors,
      errorOf,
      changed,
      hasCaution: context.hasCaution,
      // After somebody else's change the person sees it and decides anew: the next try is from the new version.
      version: changed === null ? (values.version ?? String(detail.version)) : String(detail.version),
    });
  }
}

export function pathOf({ reference }: Pick<CaseDetail, 'reference'>): string {
  return `/staff/cases/${reference}`;
}

/** Boxes carry what the template cannot look up by itself. */
function shownField(field: ActionField, values: Fields): object {
  if (field.kind !== 'ticks') return field;
  const items = (field.items ?? []).map(({ value, text, hint }) => {
    const name = tickName(field.name, value);
    return { name, value: 'yes', text, checked: values[name] === 'yes', ...(hint ? { hint: { text: hint } } : {}) };
  });
  return { ...field, items };
}
