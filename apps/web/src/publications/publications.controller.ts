import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { can } from '@app/access';
import { Requires } from '@app/http';
import { Clock, londonDate } from '@app/kernel';
import { currentCaller } from '@app/platform';
import {
  InvalidPublication,
  lastCompleteQuarter,
  ListPublications,
  periodInWords,
  PUBLICATION_KINDS,
  quartersUpTo,
  shortDay,
  StartPublication,
  type Bulletin,
  type PublicationLine,
} from '@app/publication';
import { formErrors, formFields, NO_ERRORS, type Fields, type FormErrors } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { dueInWords, STATE_WORDS, titleOf } from './publication-words';

const QUARTERS_OFFERED = 8;

/** What the offices publish, what is due, and a new publication. */
@ApiExcludeController()
@Controller('staff/publications')
export class PublicationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('publication:read', { audit: null })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { offices, role } = currentCaller();
    const today = londonDate(this.clock.now());
    const { publications, bulletins, missing } = await this.queries.execute(new ListPublications(offices));
    const mayWrite = can(role, 'publication:write');
    await showStaffPage(reply, 'publications/views/list', {
      pageTitle: 'Publications',
      hasOffices: offices.length > 1,
      due: [
        ...missing.map(({ office, kind, from, to, isBegun }) => ({
          office: officeInWords(office),
          text: `${titleOf(kind)}, ${periodInWords({ from, to })}: ${isBegun ? 'begun, not published yet' : 'not begun'}`,
          isOverdue: false,
          when: `the quarter ended on ${shortDay(to)}`,
          steps: [],
          href: isBegun || !mayWrite ? null : `/staff/publications/new?office=${office}&period=${from}..${to}`,
        })),
        ...bulletins.filter(({ onPageSince }) => onPageSince === null).map((each) => dueBulletin(each, today)),
      ],
      rows: publications.map(rowOf),
      bulletins: bulletins.map((each) => ({
        ...each,
        office: officeInWords(each.office),
        publishedOn: shortDay(each.publishedOn),
        period: periodInWords(each),
        state:
          each.onPageSince === null ? dueInWords(each.dueOn, today) : `on the page since ${shortDay(each.onPageSince)}`,
        isOverdue: each.onPageSince === null && each.dueOn < today,
        wasLate: each.onPageSince !== null && each.onPageSince > each.dueOn,
        href: each.link ?? `/staff/publications/bulletins/${each.id}`,
      })),
    });
  }

  @Get('new')
  @Requires('publication:write', { audit: null })
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = request.query as Readonly<Record<string, unknown>>;
    const asked = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
    await this.page(reply, { office: asked('office'), period: asked('period') }, NO_ERRORS);
  }

  @Post()
  @Requires('publication:write', { audit: null })
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = formFields(request);
    const [from = '', to = ''] = (fields.period ?? '').split('..');
    const { kind = '', office = '' } = fields;
    try {
      const id = await this.commands.execute(new StartPublication({ office, kind, from, to }));
      void reply.redirect(`/staff/publications/${id}?notice=publication-started`, 303);
    } catch (error) {
      if (!(error instanceof InvalidPublication)) throw error;
      void reply.status(422);
      const at = (pointer: string): string => (['/from', '/to'].includes(pointer) ? 'period' : pointer.slice(1));
      await this.page(reply, fields, formErrors(error.errors.map(({ pointer, message }) => [at(pointer), message])));
    }
  }

  private async page(reply: FastifyReply, fields: Fields, errors: FormErrors): Promise<void> {
    const { offices } = currentCaller();
    const last = lastCompleteQuarter(londonDate(this.clock.now()));
    const quarters = [...quartersUpTo(last, QUARTERS_OFFERED)].reverse();
    const chosen = fields.period || `${last.from}..${last.to}`;
    await showStaffPage(reply, 'publications/views/new', {
      pageTitle: 'New publication',
      ...errors,
      offices: offices.map((office) => ({
        value: office,
        text: officeInWords(office),
        checked: offices.length === 1 || office === fields.office,
      })),
      kinds: PUBLICATION_KINDS.map(({ kind, title }, index) => ({
        value: kind,
        text: title,
        checked: fields.kind === kind || (!fields.kind && index === 0),
      })),
      periods: quarters.map(({ from, to }) => ({
        value: `${from}..${to}`,
        text: periodInWords({ from, to }),
        selected: `${from}..${to}` === chosen,
      })),
    });
  }
}

function dueBulletin({ office, title, dueOn, dueSteps, publishedOn }: Bulletin, today: string): object {
  return {
    office: officeInWords(office),
    text: `${title}, published by the IOPC on ${shortDay(publishedOn)}`,
    isOverdue: dueOn < today,
    when: dueInWords(dueOn, today),
    steps: dueSteps,
    href: null,
  };
}

function rowOf({
  id,
  office,
  kind,
  from,
  to,
  number,
  state,
  publicNumber,
  publishedOn,
  slug,
}: PublicationLine): object {
  return {
    href: `/staff/publications/${id}`,
    office: officeInWords(office),
    title: titleOf(kind),
    period: periodInWords({ from, to }),
    state: STATE_WORDS[state],
    number,
    isCorrection: publicNumber !== null && publicNumber !== number,
    publicNumber,
    publishedOn: publishedOn === null ? null : shortDay(publishedOn),
    publicHref: publicNumber === null ? null : `/complaints-performance/${office}/${slug}`,
  };
}
