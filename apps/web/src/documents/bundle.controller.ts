import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { GetCase } from '@app/casework';
import { BundleCase, isPaperKind, ListPapers, type ChosenPaper, type PaperLine } from '@app/documents';
import { downloadHeaders, Requires } from '@app/http';
import { londonDate } from '@app/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formErrors, formFields, NO_ERRORS, type Fields, type FormErrors } from '../case/form-fields';
import { refusedBy } from '../case/refusals';
import { showStaffPage } from '../staff/staff-page';
import { paperChoice, paperOf } from './redaction-words';

/** Papers of a case as one PDF: chosen, put in order, downloaded. */
@ApiExcludeController()
@Controller('staff/cases/:reference/bundle')
export class BundleController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Requires('case:read', { audit: null })
  async choose(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, reference, NO_ERRORS, { title: `Bundle of ${reference}`, marking: 'OFFICIAL' });
  }

  @Post()
  @Requires('case:read', { audit: null })
  async make(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const { title = '', marking = '' } = fields;
    try {
      const papers = chosenOf(fields, await this.queries.execute(new ListPapers(reference)));
      const asked = new BundleCase(reference, title, marking.trim() === '' ? null : marking.trim(), papers);
      const file = await this.queries.execute(asked);
      void reply.status(200).headers(downloadHeaders(file)).send(file.bytes);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      void reply.status(refused.status);
      const found = refused.fields.length > 0 ? refused.fields : ([['papers', refused.message]] as const);
      await this.page(reply, reference, formErrors(found), fields);
    }
  }

  private async page(reply: FastifyReply, reference: string, errors: FormErrors, values: Fields): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    const papers = await this.queries.execute(new ListPapers(reference));
    await showStaffPage(reply, 'documents/views/bundle', {
      pageTitle: 'Make a bundle',
      case: detail,
      papers: papers.map((paper, index) => {
        const choice = paperChoice(paper);
        return {
          ...choice,
          isChosen: values[`in-${choice.value}`] === 'yes',
          order: values[`order-${choice.value}`] ?? String(index + 1),
          name: values[`name-${choice.value}`] ?? choice.title,
        };
      }),
      values,
      ...errors,
    });
  }
}

/** By the numbers that were given, and where those are the same as on the page. */
function chosenOf(fields: Fields, papers: readonly PaperLine[]): ChosenPaper[] {
  return papers
    .map((paper, index) => ({ paper, index, choice: paperChoice(paper) }))
    .filter(({ choice }) => fields[`in-${choice.value}`] === 'yes')
    .map(({ paper, index, choice }) => {
      const given = Number(fields[`order-${choice.value}`] ?? '');
      return { paper, choice, index, order: Number.isFinite(given) ? given : index };
    })
    .sort((a, b) => a.order - b.order || a.index - b.index)
    .flatMap(({ paper, choice }) => {
      const { kind, id } = paperOf(choice.value);
      const title = (fields[`name-${choice.value}`] ?? '').trim() || choice.title;
      return isPaperKind(kind) ? [{ kind, id, title: title.slice(0, 300), date: londonDate(new Date(paper.at)) }] : [];
    });
}
