import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DryRunTriageRules, MERGE_FIELDS, PreviewTemplate } from '@app/casework';
import { Requires } from '@app/http';
import { Clock, DomainError, londonDate, type FieldError } from '@app/kernel';
import {
  ChangeConfiguration,
  ConfigurationChangedMeanwhile,
  ConfigurationNotFound,
  differencesOf,
  type ConfigurationHistory,
  type ConfigurationKind,
} from '@app/offices';
import { currentCaller } from '@app/platform';
import { showStaffPage } from '../staff/staff-page';
import {
  ADDRESS,
  addressOf,
  dateModel,
  dayOfForm,
  differenceModels,
  fieldModels,
  officeName,
  officeOfQuery,
} from './entry-models';
import { EntryReader } from './entry-reader';
import { dataOfForm, pageErrors, textsOfData } from './forms/entry-form';
import { first, type FormBody, type FormTexts } from './forms/widgets';
import { trialModel } from './trial-model';

const CASES_TRIED = 200;

/** The form that is open: of which entry, from which version, and what stands in it. */
interface OpenForm {
  readonly kind: ConfigurationKind;
  readonly key: string;
  readonly office: string | null;
  readonly expectedVersion: number;
  readonly title: string;
  readonly texts: FormTexts;
  readonly reason: string;
  readonly from: string;
  readonly isNew: boolean;
}

interface Shown {
  readonly status?: number;
  readonly errors?: readonly FieldError[];
  readonly extra?: object;
}

/** Changing an entry, or adding one: the same form, with a trial for rules and templates before anything is stored. */
@ApiExcludeController()
@Controller('staff/configuration')
export class ChangeController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly reader: EntryReader,
    private readonly clock: Clock,
  ) {}

  @Get(':kind/new')
  @Requires('configuration:write', { audit: null })
  async blank(@Param('kind') kindName: string, @Res() reply: FastifyReply): Promise<void> {
    const kind = this.reader.kind(kindName);
    const [office] = await this.reader.officeChoices(kind);
    await this.form(reply, this.newForm(kind, {}, officeOfQuery(office?.value) ?? null));
  }

  @Post(':kind/new')
  @Requires('configuration:write', { audit: null })
  async add(@Param('kind') kindName: string, @Body() body: FormBody, @Res() reply: FastifyReply): Promise<void> {
    const kind = this.reader.kind(kindName);
    const office = kind.kind === 'office' ? keyOf(body) : (officeOfQuery(body.office) ?? null);
    await this.act(reply, { ...this.newForm(kind, body, office), key: keyOf(body) }, body);
  }

  @Get(':kind/:key/change')
  @Requires('configuration:write', { audit: null })
  async change(
    @Param('kind') kindName: string,
    @Param('key') key: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = this.reader.kind(kindName);
    const { office, entry, model } = await this.opened(kindName, key, query);
    await this.form(reply, {
      ...{ kind, key, office, title: model.title, isNew: false },
      expectedVersion: entry?.version ?? 0,
      texts: textsOfData(kindName, model.data),
      reason: '',
      from: this.today(),
    });
  }

  @Post(':kind/:key/change')
  @Requires('configuration:write', { audit: null })
  async save(
    @Param('kind') kindName: string,
    @Param('key') key: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Body() body: FormBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = this.reader.kind(kindName);
    const { office, model } = await this.opened(kindName, key, query);
    await this.act(
      reply,
      { ...sentForm(kind, body, this.today()), key, office, title: model.title, isNew: false },
      body,
    );
  }

  /** The entry, or the shared one that an office's own version would take the place of. */
  private async opened(
    kind: string,
    key: string,
    query: Readonly<Record<string, unknown>>,
  ): Promise<{ office: string | null; entry: ConfigurationHistory | null; model: ConfigurationHistory }> {
    const asked = officeOfQuery(query.office);
    if (asked === undefined || asked === null) {
      const entry = await this.reader.entry(kind, key, asked);
      return { office: entry.office, entry, model: entry };
    }
    if (!currentCaller().offices.includes(asked)) throw new ConfigurationNotFound();
    const entry = await this.reader.entryIfAny(kind, key, asked);
    const model = entry ?? (await this.reader.entry(kind, key, null));
    return { office: asked, entry, model };
  }

  private async act(reply: FastifyReply, form: OpenForm, body: FormBody): Promise<void> {
    const data = dataOfForm(form.kind.kind, body);
    try {
      if (body.do === 'try') return await this.tried(reply, form, data, body);
      if (body.do === 'preview') return await this.previewed(reply, form, data, body);
      const { key, office, expectedVersion, reason, from } = form;
      const target = { kind: form.kind.kind, key, office, expectedVersion, reason };
      await this.commands.execute(
        new ChangeConfiguration(target, data, from === '' ? null : from, dayOfForm(body, 'validTo')),
      );
    } catch (error) {
      if (error instanceof ConfigurationChangedMeanwhile) return this.conflict(reply, form);
      if (!(error instanceof DomainError) || error.kind === 'not-found') throw error;
      const errors = error.errors.length > 0 ? error.errors : [{ pointer: '', message: error.message }];
      return this.form(reply, form, { status: error.kind === 'invalid' ? 422 : 409, errors: errors.map(withoutPlace) });
    }
    const isOwn = form.office === null || currentCaller().offices.includes(form.office);
    const address = isOwn ? addressOf(form.kind.kind, form.key, form.office) : `${ADDRESS}/${form.kind.kind}?`;
    return void reply.redirect(`${address}&notice=saved`, 303);
  }

  /** What changed meanwhile, beside what was typed: saving again then means it. */
  private async conflict(reply: FastifyReply, form: OpenForm): Promise<void> {
    const { kind, key, office, expectedVersion } = form;
    const entry = await this.reader.entry(kind.kind, key, office);
    const seen = entry.history.find(({ version }) => version === expectedVersion);
    const titles = await this.reader.titles(kind.kind);
    const names = await this.reader.names(entry.history.map(({ changedBy }) => changedBy));
    const [latest] = entry.history;
    await this.form(
      reply,
      { ...form, expectedVersion: entry.version },
      {
        status: 409,
        extra: {
          conflict: {
            by: names.get(latest?.changedBy ?? '') ?? latest?.changedBy,
            reason: latest?.reason,
            differences: differenceModels(kind.kind, differencesOf(seen?.data ?? {}, latest?.data), titles),
            href: addressOf(kind.kind, key, office),
          },
        },
      },
    );
  }

  private async tried(reply: FastifyReply, form: OpenForm, data: object, body: FormBody): Promise<void> {
    const office = tryOffice(form, body);
    const key = form.key === '' ? 'new-rule' : form.key;
    const run = await this.queries.execute(new DryRunTriageRules(office, [{ key, data }], CASES_TRIED));
    const titles = new Map([...(await this.reader.titles('triage-rule'))]);
    await this.form(reply, form, { extra: { trial: trialModel(run, titles), tryOffice: office } });
  }

  private async previewed(reply: FastifyReply, form: OpenForm, data: object, body: FormBody): Promise<void> {
    const { subject = '', body: text = '' } = data as { subject?: string; body?: string };
    const office = tryOffice(form, body);
    const letter = await this.queries.execute(new PreviewTemplate({ subject, body: text }, office));
    await this.form(reply, form, { extra: { letter, tryOffice: office } });
  }

  private async form(
    reply: FastifyReply,
    form: OpenForm,
    { status = 200, errors = [], extra = {} }: Shown = {},
  ): Promise<void> {
    const { kind, key, office, texts, from } = form;
    const found = pageErrors(kind.kind, errors);
    const own = currentCaller().offices;
    const heading = form.isNew ? `Add ${article(kind.singular)} ${kind.singular}` : `Change ${form.title}`;
    await showStaffPage(reply.status(status), 'configuration/views/form', {
      pageTitle: heading,
      ...found,
      form,
      kind,
      officeName: officeName(office),
      office: office ?? 'shared',
      fields: fieldModels(kind.kind, texts, found.errorOf, await this.reader.choices(kind.kind, office)),
      firstDay: dateModel(
        'validFrom',
        'From which day',
        'What held before stays as it was. Cases that are open keep their clocks.',
        from,
        found.errorOf.validFrom,
      ),
      lastDay: dateModel(
        'validTo',
        'Until which day (optional)',
        'Leave empty to let it hold until somebody ends it.',
        '',
        found.errorOf.validTo,
      ),
      officeItems: form.isNew
        ? (await this.reader.officeChoices(kind)).map((each) => ({
            ...each,
            selected: each.value === (office ?? 'shared'),
          }))
        : [],
      tryOffices: own.map((each) => ({ value: each, text: officeName(each) })),
      mergeFields: kind.kind === 'template' ? MERGE_FIELDS : [],
      cancel:
        key === '' || form.isNew
          ? `${ADDRESS}/${kind.kind}`
          : addressOf(kind.kind, key, form.expectedVersion === 0 ? null : office),
      ...extra,
    });
  }

  private newForm(kind: ConfigurationKind, body: FormBody, office: string | null): OpenForm {
    return {
      ...sentForm(kind, body, this.today()),
      key: first(body.key),
      office,
      title: '',
      isNew: true,
      expectedVersion: 0,
    };
  }

  private today(): string {
    return londonDate(this.clock.now());
  }
}

function sentForm(
  kind: ConfigurationKind,
  body: FormBody,
  today: string,
): Omit<OpenForm, 'key' | 'office' | 'title' | 'isNew'> {
  const texts = Object.fromEntries(
    Object.entries(body).filter(
      (entry): entry is [string, string | string[]] => typeof entry[1] === 'string' || Array.isArray(entry[1]),
    ),
  );
  return {
    kind,
    texts,
    expectedVersion: Number(first(body.expectedVersion)) || 0,
    reason: first(body.reason),
    from: dayOfForm(body, 'validFrom') ?? (body.reason === undefined ? today : ''),
  };
}

/** The key that was typed, else one made of the name. */
function keyOf(body: FormBody): string {
  const typed = first(body.key).trim();
  if (typed !== '') return typed;
  return first(body.name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}

function tryOffice(form: OpenForm, body: FormBody): string {
  const asked = first(body.tryOffice);
  return form.office ?? (asked === '' ? (currentCaller().offices[0] ?? '') : asked);
}

/** A trial names the change that is wrong by its number; here there is one. */
function withoutPlace({ pointer, message }: FieldError): FieldError {
  const at = pointer.replace(/^\/changes\/\d+/, '');
  return { pointer: /^\/(subject|body)$/.test(at) ? `/data${at}` : at, message };
}

function article(singular: string): string {
  return /^[aeiou]/.test(singular) ? 'an' : 'a';
}
