import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { downloadHeaders, Public } from '@app/http';
import { Offices } from '@app/offices';
import { Config } from '@app/platform';
import {
  GetBulletinFile,
  GetPublishedVersion,
  ListPublished,
  periodInWords,
  shortDay,
  type PublicVersion,
} from '@app/publication';
import { publicFrame } from '../http/public-page';
import { renderer } from '../http/renderer';
import { dataCsv, dataJson, dictionaryCsv } from './data-files';
import { sendFresh } from './fresh-answer';
import { PublicTrend } from './public-trend';
import { bulletinLine, versionPage } from './version-page';

const ROOT = '/complaints-performance';

/** What offices publish about complaints and reviews, for everybody. */
@ApiExcludeController()
@Controller('complaints-performance')
export class PublicPublicationsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly offices: Offices,
    private readonly trend: PublicTrend,
    private readonly config: Config,
  ) {}

  @Get()
  @Public({ audit: null })
  async index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const offices = await this.offices.all();
    const { publications } = await this.queries.execute(new ListPublished(offices.map(({ id }) => id)));
    this.page(request, reply, 'public-index', {
      offices: offices.map(({ id, name }) => {
        const own = publications.filter(({ office }) => office === id);
        return { name, href: `${ROOT}/${id}`, latest: own[0] ? line(own[0]) : null, count: own.length };
      }),
    });
  }

  @Get(':office')
  @Public({ audit: null })
  async office(@Param('office') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const office = await this.known(id);
    const { publications, bulletins } = await this.queries.execute(new ListPublished([id]));
    this.page(request, reply, 'public-office', {
      backHref: ROOT,
      officeName: office.name,
      latest: publications[0] ? line(publications[0]) : null,
      earlier: publications.slice(1).map(line),
      bulletins: bulletins.map((each) => bulletinLine(each, id)),
      trend: await this.trend.of(id, publications),
    });
  }

  @Get(':office/bulletins/:id')
  @Public({ audit: null })
  async bulletin(
    @Param('office') office: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { filename, contentType, bytes } = await this.queries.execute(new GetBulletinFile(office, id));
    const headers = downloadHeaders({ filename, contentType });
    sendFresh(request, reply, { type: headers['content-type'] ?? 'application/octet-stream', body: bytes, headers });
  }

  @Get(':office/:slug')
  @Public({ audit: null })
  async current(
    @Param('office') office: string,
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.version(request, reply, await this.queries.execute(new GetPublishedVersion(office, slug, null)));
  }

  @Get(':office/:slug/:version')
  @Public({ audit: null })
  async numbered(
    @Param('office') office: string,
    @Param('slug') slug: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.version(request, reply, await this.find(office, slug, version));
  }

  @Get(':office/:slug/:version/:file')
  @Public({ audit: null })
  async file(
    @Param('office') office: string,
    @Param('slug') slug: string,
    @Param('version') number: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const version = await this.find(office, slug, number);
    if (version.content === null) throw new NotFoundException();
    const name = `${office}-${slug}-${number}`;
    const answer = { changedAt: version.changedAt };
    const saved = (extension: string): Record<string, string> => ({
      'content-disposition': `attachment; filename="${name}${extension}"`,
      'access-control-allow-origin': '*',
    });
    const csv = 'text/csv; charset=utf-8; header=present';
    if (file === 'data.csv') {
      sendFresh(request, reply, { ...answer, type: csv, body: dataCsv(version), headers: saved('.csv') });
    } else if (file === 'dictionary.csv') {
      sendFresh(request, reply, {
        ...answer,
        type: csv,
        body: dictionaryCsv(version),
        headers: saved('-dictionary.csv'),
      });
    } else if (file === 'data.json') {
      const body = JSON.stringify(dataJson(version, `${this.config.publicUrl}${addressOf(version)}`), null, 2);
      const type = 'application/json; charset=utf-8';
      sendFresh(request, reply, { ...answer, type, body, headers: saved('.json') });
    } else throw new NotFoundException();
  }

  private async version(request: FastifyRequest, reply: FastifyReply, version: PublicVersion): Promise<void> {
    const { office, slug, content, versions } = version;
    const current = versions.find(({ state }) => state === 'published') ?? null;
    this.page(request, reply, 'public-version', {
      pageTitle: content ? `${content.title}, ${periodInWords(content.period)}` : undefined,
      officeName: (await this.known(office)).name,
      backHref: `${ROOT}/${office}`,
      version: { ...version, publishedOn: shortDay(version.publishedOn) },
      page: content ? await versionPage(content, office) : null,
      address: addressOf(version),
      newer:
        current && current.number > version.number
          ? { href: `${ROOT}/${office}/${slug}`, ...shortLine(current) }
          : null,
      versions: versions.map((each) => ({
        ...shortLine(each),
        href: `${ROOT}/${office}/${slug}/v${String(each.number)}`,
      })),
    });
  }

  private page(request: FastifyRequest, reply: FastifyReply, template: string, model: object): void {
    const frame = publicFrame(request);
    const { title } = frame.m.publications as { title: string };
    const own = model as { readonly pageTitle?: unknown };
    const pageTitle = typeof own.pageTitle === 'string' ? own.pageTitle : title;
    const body = renderer().render(`publications/views/${template}.njk`, { ...frame, ...model, pageTitle });
    sendFresh(request, reply, { type: 'text/html; charset=utf-8', body });
  }

  private async find(office: string, slug: string, version: string): Promise<PublicVersion> {
    const [, number] = /^v([1-9]\d{0,3})$/.exec(version) ?? [];
    if (number === undefined) throw new NotFoundException();
    return this.queries.execute(new GetPublishedVersion(office, slug, Number(number)));
  }

  private async known(id: string): Promise<{ readonly id: string; readonly name: string }> {
    const office = (await this.offices.all()).find((each) => each.id === id);
    if (!office) throw new NotFoundException();
    return office;
  }
}

function addressOf({ office, slug, number }: PublicVersion): string {
  return `${ROOT}/${office}/${slug}/v${String(number)}`;
}

function line(each: {
  office: string;
  slug: string;
  title: string;
  from: string;
  to: string;
  publishedOn: string;
  number: number;
}): object {
  return {
    title: each.title,
    period: periodInWords(each),
    publishedOn: shortDay(each.publishedOn),
    number: each.number,
    href: `${ROOT}/${each.office}/${each.slug}`,
  };
}

function shortLine({ number, state, publishedOn, correctionNote }: PublicVersion['versions'][number]): object {
  return { number, state, publishedOn: shortDay(publishedOn), correctionNote };
}
