import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { renderDocx, renderPdf } from '@app/documents';
import { decodeCursor, downloadHeaders, encodeCursor, Requires } from '@app/http';
import { Clock, isDay, londonDate } from '@app/kernel';
import { Offices } from '@app/offices';
import { currentCaller } from '@app/platform';
import { GetMeetingPack, ListRecommendations, RECOMMENDATION_STATUSES, type RecommendationFilter } from '@app/reviews';
import { formErrors } from '../case/form-fields';
import { officesOf } from '../figures/figures.controller';
import { textOf, textsOf } from '../figures/figures-period';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { packFigures, packLines, packPaper, packSheets } from './pack-sheets';
import { quarterOf, quarterOfDay, quartersBack, type Quarter } from './quarters';
import { responseInWords, shortDate, statusInWords, statusTag } from './recommendation-words';

type RawQuery = Readonly<Record<string, unknown>>;

const ON_A_PAGE = 50;
const QUARTERS = 13;
const NOT_A_DAY = 'Enter a real day, for example 24 November 2026';
const STATUSES = ['overdue', 'open', ...RECOMMENDATION_STATUSES] as const;

/** Recommendations over every office of the reader, and the pack for the meeting with a force. */
@ApiExcludeController()
@Controller('staff/recommendations')
export class RecommendationListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('review:read', { audit: 'case-list-read' })
  async list(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const status = STATUSES.find((each) => each === textOf(query.status)) ?? null;
    const office = textOf(query.office);
    const days = { from: textOf(query.from), to: textOf(query.to) };
    const found = (['from', 'to'] as const)
      .filter((name) => days[name] !== '' && !isDay(days[name]))
      .map((name) => [name, NOT_A_DAY] as const);
    if (found.length > 0) void reply.status(422);
    const asDay = (day: string): string | null => (isDay(day) ? day : null);
    const filter: RecommendationFilter = {
      offices: officesOf(textsOf(query.office)),
      ...{ status, force: null, from: asDay(days.from), to: asDay(days.to) },
    };
    const place = decodeCursor(textOf(query.cursor), ['integer', 'day', 'uuid']);
    const after = place && { rank: Number(place[0]), due: String(place[1]), id: String(place[2]) };
    const page = await this.queries.execute(new ListRecommendations(filter, ON_A_PAGE, after));
    const kept = new URLSearchParams(Object.entries({ office, status: status ?? '', ...days }).filter(([, v]) => v));
    if (page.next) kept.set('cursor', encodeCursor([page.next.rank, page.next.due, page.next.id]));
    await showStaffPage(reply, 'recommendations/views/list', {
      pageTitle: 'Recommendations',
      isWide: true,
      ...formErrors(found),
      typed: days,
      offices: [{ value: '', text: 'All your offices' }, ...(await this.choices())].map((each) => ({
        ...each,
        selected: each.value === office,
      })),
      statuses: [{ value: '', text: 'Any' }, ...STATUSES.map((value) => ({ value, text: wordsOf(value) }))].map(
        (each) => ({ ...each, selected: each.value === (status ?? '') }),
      ),
      hasOffices: currentCaller().offices.length > 1,
      packHref: '/staff/recommendations/pack',
      ...{ total: page.total, overdue: page.overdue, isFirst: place === null },
      nextHref: page.next ? `/staff/recommendations?${kept.toString()}` : null,
      rows: page.items.map((each) => ({
        ...each,
        officeInWords: officeInWords(each.office),
        tag: statusTag(each.status, each.isOverdue),
        made: shortDate(each.madeOn),
        due: shortDate(each.responseDueOn),
        response: each.response === null ? '' : `${responseInWords(each.response)}, ${shortDate(each.respondedOn)}`,
        implemented: shortDate(each.implementedOn),
      })),
    });
  }

  @Get('pack')
  @Requires('review:read', { audit: 'case-list-read' })
  async pack(@Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const { office, quarter } = this.asked(query);
    const pack = await this.queries.execute(new GetMeetingPack(office, quarter.from, quarter.to));
    const address = new URLSearchParams({ office, quarter: quarter.key }).toString();
    await showStaffPage(reply, 'recommendations/views/pack', {
      pageTitle: `Meeting with the force: ${officeInWords(office)}, ${quarter.name}`,
      isWide: true,
      ...{ pack, quarter, address },
      officeName: officeInWords(office),
      offices: (await this.choices()).map((each) => ({ ...each, selected: each.value === office })),
      quarters: quartersBack(londonDate(this.clock.now()), QUARTERS).map(({ key, name }) => ({
        value: key,
        text: name,
        selected: key === quarter.key,
      })),
      figures: packFigures(pack),
      sheets: packSheets(pack).map((sheet) => ({
        ...sheet,
        isOfReviews: sheet.columns[0] === 'Review',
      })),
    });
  }

  @Get('pack/download/:format')
  @Requires('review:read', { audit: 'case-list-read' })
  async download(@Param('format') format: string, @Query() query: RawQuery, @Res() reply: FastifyReply): Promise<void> {
    const { office, quarter } = this.asked(query);
    const pack = await this.queries.execute(new GetMeetingPack(office, quarter.from, quarter.to));
    const name = `meeting-pack-${office}-${quarter.key}`;
    const paper = packPaper(pack, `Meeting with the force: ${officeInWords(office)}`, quarter.name);
    const send = (contentType: string, content: Buffer | string): void => {
      void reply.headers(downloadHeaders({ filename: `${name}.${format}`, contentType })).send(content);
    };
    if (format === 'csv') return send('text/csv', stringify(packLines(pack), { bom: true, escape_formulas: true }));
    if (format === 'docx') {
      const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
      return send(type, await renderDocx(paper));
    }
    if (format === 'pdf') return send('application/pdf', await renderPdf(paper));
    throw new NotFoundException();
  }

  private asked(query: RawQuery): { readonly office: string; readonly quarter: Quarter } {
    const [office = ''] = officesOf([textOf(query.office)]);
    const quarter = quarterOf(textOf(query.quarter)) ?? quarterOfDay(londonDate(this.clock.now()));
    return { office, quarter };
  }

  private async choices(): Promise<{ readonly value: string; readonly text: string }[]> {
    const own = currentCaller().offices;
    return (await this.offices.all())
      .filter(({ id }) => own.includes(id))
      .map(({ id }) => ({ value: id, text: officeInWords(id) }));
  }
}

function wordsOf(status: (typeof STATUSES)[number]): string {
  if (status === 'overdue') return 'Response overdue';
  return status === 'open' ? 'Not settled' : statusInWords(status);
}
