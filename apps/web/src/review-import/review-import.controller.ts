import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import { Offices } from '@app/offices';
import { currentCaller } from '@app/platform';
import { IMPORT_FIELDS, ReviewImports, type ImportOutcome, type ReviewImportView } from '@app/reviews';
import { formErrors, formFields, NO_ERRORS, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { readForm } from '../http/read-form';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';

const OUTCOMES: Readonly<Record<ImportOutcome, readonly [before: string, after: string, colour: string]>> = {
  taken: ['Will be taken over', 'Taken over', 'govuk-tag--green'],
  'there-already': ['There already', 'Was there already', 'govuk-tag--grey'],
  refused: ['Cannot be', 'Left out', 'govuk-tag--red'],
};

/** Taking open reviews over from the office's earlier list: read, tried, carried out. */
@ApiExcludeController()
@Controller('staff/reviews/import')
export class ReviewImportController {
  constructor(
    private readonly imports: ReviewImports,
    private readonly offices: Offices,
  ) {}

  @Get()
  @Requires('review:write', { audit: null })
  async ask(@Res() reply: FastifyReply): Promise<void> {
    await this.form(reply, currentCaller().offices[0] ?? '', NO_ERRORS);
  }

  @Post()
  @Requires('review:write', { audit: null })
  async give(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields, files, isTooLarge } = await readForm(request);
    const { office = '' } = fields;
    const [file] = files;
    const own = currentCaller().offices;
    const found: [string, string][] = [];
    if (!own.includes(office)) found.push(['office', 'Choose an office']);
    if (isTooLarge) found.push(['file', 'The file must be 5 megabytes or less']);
    else if (!file) found.push(['file', 'Choose a file']);
    if (found.length > 0 || !file) {
      void reply.status(422);
      return this.form(reply, office, formErrors(found));
    }
    try {
      const id = await this.imports.give(office, file.filename, file.content);
      return void reply.redirect(`/staff/reviews/import/${id}`, 303);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const named = refused.fields.map(
        ([field, text]) => [field, `The file ${text.charAt(0).toLowerCase()}${text.slice(1)}`] as const,
      );
      return this.form(reply, office, formErrors(named));
    }
  }

  @Get(':id')
  @Requires('review:write', { audit: 'case-list-read' })
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.imports.get(id);
    await this.page(reply, view, view.mapping, NO_ERRORS);
  }

  @Post(':id/columns')
  @Requires('review:write', { audit: null })
  async columns(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = formFields(request);
    const mapping = Object.fromEntries(
      IMPORT_FIELDS.map(({ key }) => [key, fields[key] ?? ''] as const).filter(([, header]) => header !== ''),
    );
    try {
      await this.imports.map(id, mapping);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const errors = refused.fields.length > 0 ? refused.fields : [['columns', refused.message] as const];
      return this.page(reply, await this.imports.get(id), mapping, formErrors(errors));
    }
    return void reply.redirect(`/staff/reviews/import/${id}?notice=columns-kept`, 303);
  }

  @Post(':id/start')
  @Requires('review:write', { audit: null })
  async start(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    try {
      await this.imports.start(id);
    } catch (error) {
      // A double click: it runs already.
      if (refusedBy(error)?.status !== 409) throw error;
    }
    return void reply.redirect(`/staff/reviews/import/${id}`, 303);
  }

  private async form(reply: FastifyReply, office: string, errors: FormErrors): Promise<void> {
    const own = currentCaller().offices;
    const offices = (await this.offices.all()).filter(({ id }) => own.includes(id));
    await showStaffPage(reply, 'review-import/views/give', {
      pageTitle: 'Take over open reviews',
      ...errors,
      offices: offices.map(({ id, name }) => ({ value: id, text: name, selected: id === office })),
      columns: IMPORT_FIELDS,
    });
  }

  private async page(
    reply: FastifyReply,
    view: ReviewImportView,
    mapping: ReviewImportView['mapping'],
    errors: FormErrors,
  ): Promise<void> {
    const { state, lines } = view;
    await showStaffPage(reply, `review-import/views/${state === 'trying' ? 'try' : 'progress'}`, {
      pageTitle:
        state === 'trying'
          ? `Try before taking over: ${view.filename}`
          : state === 'running'
            ? `Working: ${String(view.settled)} of ${String(view.total)} lines`
            : `${String(view.taken)} ${view.taken === 1 ? 'review' : 'reviews'} taken over`,
      isWide: true,
      ...errors,
      view,
      officeName: officeInWords(view.office),
      isDone: state === 'finished',
      fields: IMPORT_FIELDS.map((field) => ({
        ...field,
        items: ['', ...view.headers].map((header) => ({
          value: header,
          text: header || 'Not in the file',
          selected: (mapping[field.key] ?? '') === header,
        })),
      })),
      lines: lines
        .filter(({ outcome }) => state === 'trying' || outcome !== null)
        .map((line) => ({ ...line, tag: tagOf(line.outcome, state === 'trying') })),
    });
  }
}

function tagOf(outcome: ImportOutcome | null, isTrial: boolean): { text: string; classes: string } | null {
  if (outcome === null) return null;
  const [before, after, colour] = OUTCOMES[outcome];
  return { text: isTrial ? before : after, classes: `${colour} postbag-tag` };
}
