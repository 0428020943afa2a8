import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import {
  GetPublication,
  PublicationNotFound,
  shortDay,
  WriteNarratives,
  type Narrative,
  type PublicationView,
} from '@app/publication';
import { formErrors, formFields, NO_ERRORS, versionIn, type Fields, type FormErrors } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { titleWithPeriod } from './publication-words';

interface Written {
  readonly narratives: readonly Narrative[];
  readonly bulletins: readonly string[];
}

/** What the office writes on a draft. */
@ApiExcludeController()
@Controller('staff/publications/:id/edit')
export class WritingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('publication:write', { audit: 'metrics-read' })
  async show(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.queries.execute(new GetPublication(id));
    const { narratives, content } = view;
    await this.page(reply, view, { narratives, bulletins: content.bulletins.map((each) => each.id) }, NO_ERRORS);
  }

  @Post()
  @Requires('publication:write', { audit: null })
  async save(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = await this.queries.execute(new GetPublication(id));
    const fields = formFields(request);
    const written = writtenIn(fields, view);
    try {
      const target = { id, ifVersion: versionIn(fields) };
      await this.commands.execute(new WriteNarratives(target, written.narratives, written.bulletins));
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof PublicationNotFound) throw error;
      void reply.status(error.kind === 'invalid' ? 422 : 409);
      const found = error.errors.map(
        ({ pointer, message }) => [`text-${pointer.split('/').at(-1) ?? ''}`, message] as const,
      );
      return this.page(reply, view, written, formErrors(found.length > 0 ? found : [['writing', error.message]]));
    }
    const next = fields.then === 'preview' ? '/preview' : fields.then === 'stay' ? '/edit' : '';
    void reply.redirect(`/staff/publications/${id}${next}?notice=publication-written`, 303);
  }

  private async page(reply: FastifyReply, view: PublicationView, written: Written, errors: FormErrors): Promise<void> {
    await showStaffPage(reply, 'publications/views/edit', {
      pageTitle: 'Write',
      ...errors,
      id: view.id,
      version: view.version,
      title: titleWithPeriod(view),
      isDraft: view.newest.state === 'draft',
      parts: view.parts.map(({ title, sections }) => ({
        title,
        sections: sections.map(({ key, title: heading, guidance }) => {
          const own = written.narratives.find(({ section }) => section === key);
          return {
            key,
            title: heading,
            guidance,
            text: own?.text ?? '',
            isNothing: own?.isNothingToReport ?? false,
            rows: Math.min(18, Math.max(5, Math.ceil((own?.text ?? '').length / 75) + 1)),
          };
        }),
      })),
      bulletins: view.bulletins.map(({ id, title, publishedOn, onPageSince }) => ({
        value: 'yes',
        name: `bulletin-${id}`,
        text: `${title}, published by the IOPC on ${shortDay(publishedOn)}`,
        hint: { text: onPageSince === null ? 'Not on any page yet' : `On a page since ${shortDay(onPageSince)}` },
        checked: written.bulletins.includes(id),
      })),
    });
  }
}

function writtenIn(fields: Fields, { parts, bulletins }: PublicationView): Written {
  return {
    narratives: parts.flatMap(({ sections }) =>
      sections.map(({ key }) => ({
        section: key,
        text: (fields[`text-${key}`] ?? '').trim(),
        isNothingToReport: fields[`nothing-${key}`] === 'yes',
      })),
    ),
    bulletins: bulletins.flatMap(({ id }) => (fields[`bulletin-${id}`] === 'yes' ? [id] : [])),
  };
}
