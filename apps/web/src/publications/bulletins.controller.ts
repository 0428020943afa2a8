import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { downloadHeaders, Requires } from '@app/http';
import { currentCaller } from '@app/platform';
import {
  BULLETIN_KINDS,
  GetBulletinFile,
  InvalidPublication,
  PublicationNotFound,
  RecordBulletin,
  type BulletinFile,
} from '@app/publication';
import { cleanFields, formErrors, NO_ERRORS, type Fields, type FormErrors } from '../case/form-fields';
import { readForm } from '../http/read-form';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';

const KIND_WORDS: Readonly<Record<string, string>> = {
  'quarterly-data': 'Quarterly data for the force',
  'annual-report': 'Annual statistics report',
};

/** What the Independent Office for Police Conduct publishes about the force, recorded with its own dates. */
@ApiExcludeController()
@Controller('staff/publications/bulletins')
export class BulletinsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('new')
  @Requires('publication:write', { audit: null })
  async form(@Res() reply: FastifyReply): Promise<void> {
    await this.page(reply, {}, NO_ERRORS);
  }

  @Post()
  @Requires('publication:write', { audit: null })
  async record(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields: raw, files, isTooLarge } = await readForm(request);
    const fields = cleanFields(raw);
    const { office = '', kind = '', title = '', publishedOn = '', from = '', to = '', link = '' } = fields;
    try {
      if (isTooLarge || files.length > 1) {
        throw new InvalidPublication([{ pointer: '/file', message: 'Choose one file of 20 megabytes or less' }]);
      }
      const file = files[0] ?? null;
      const bulletin = { office, kind, title, publishedOn, from, to, link: link.trim() || null, file };
      await this.commands.execute(new RecordBulletin(bulletin));
      void reply.redirect('/staff/publications?notice=bulletin-recorded', 303);
    } catch (error) {
      if (!(error instanceof InvalidPublication)) throw error;
      void reply.status(422);
      await this.page(
        reply,
        fields,
        formErrors(error.errors.map(({ pointer, message }) => [pointer.slice(1), message])),
      );
    }
  }

  @Get(':id')
  @Requires('publication:read', { audit: null })
  async file(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.find(id);
    void reply.headers(downloadHeaders(found)).send(found.bytes);
  }

  private async find(id: string): Promise<BulletinFile> {
    for (const office of currentCaller().offices) {
      const found = await this.queries.execute(new GetBulletinFile(office, id)).catch((error: unknown) => {
        if (error instanceof PublicationNotFound) return null;
        throw error;
      });
      if (found) return found;
    }
    throw new PublicationNotFound();
  }

  private async page(reply: FastifyReply, fields: Fields, errors: FormErrors): Promise<void> {
    const { offices } = currentCaller();
    await showStaffPage(reply, 'publications/views/bulletin', {
      pageTitle: 'Record a bulletin of the IOPC',
      ...errors,
      typed: fields,
      offices: offices.map((office) => ({
        value: office,
        text: officeInWords(office),
        checked: offices.length === 1 || office === fields.office,
      })),
      kinds: BULLETIN_KINDS.map((kind) => ({
        value: kind,
        text: KIND_WORDS[kind] ?? kind,
        checked: kind === fields.kind,
      })),
    });
  }
}
