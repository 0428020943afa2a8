import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { Command, CommandBus, CqrsModule, Query, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { Clock } from '@app/kernel';
import { OfficesModule, officesContext } from '@app/offices';
import { PlatformModule, readConfig, runAs, systemCaller, UnitOfWork, type Caller } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import {
  CheckPublication,
  CorrectPublication,
  CountDuePublications,
  GetBulletinFile,
  GetPublication,
  GetPublishedVersion,
  ListPublications,
  ListPublished,
  PublicationModule,
  publicationContext,
  PublicationNotFound,
  PublishedFigures,
  PublishVersion,
  RecordBulletin,
  SendPublicationBack,
  SecondPersonNeeded,
  StartPublication,
  SubmitPublication,
  TakeFigures,
  WithdrawPublication,
  WriteNarratives,
  type FiguresAsked,
  type PublicVersion,
  type PublicationView,
  type PublishedFigure,
} from '.';

class SettableClock extends Clock {
  instant = new Date('2026-07-20T09:00:00Z');
  now(): Date {
    return this.instant;
  }
}

/** As many as the test says, in the days asked for; nobody but the system may count. */
class InventedFigures extends PublishedFigures {
  received: Record<string, number> = { '2026-04-01': 3, '2026-07-01': 12 };

  figures({ from, to }: FiguresAsked): Promise<readonly PublishedFigure[]> {
    const value = Object.entries(this.received).reduce(
      (sum, [day, n]) => (day >= from && day <= to ? sum + n : sum),
      0,
    );
    const figure = { theme: 'Reviews', title: 'Received', definition: 'Reviews received.', unit: 'number' as const };
    return Promise.resolve([{ ...figure, key: 'received', value, base: null, caseLink: '/staff/cases', splitBy: [] }]);
  }
}

@Global()
@Module({ providers: [{ provide: PublishedFigures, useClass: InventedFigures }], exports: [PublishedFigures] })
class FiguresOfTheTest {}

const KIND = 'specified-information-complaints';
const Q1 = { office: 'warwickshire', kind: KIND, from: '2026-04-01', to: '2026-06-30' };
const Q2 = { ...Q1, from: '2026-07-01', to: '2026-09-30' };

describe('publications', () => {
  const clock = new SettableClock();
  const [ana, ben] = [randomUUID(), randomUUID()];
  let database: TestDatabase;
  let app: TestingModule;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await Test.createTestingModule({
      imports: [
        PlatformModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          contexts: [officesContext, publicationContext],
          onError: () => undefined,
          pools: { system: 2, requests: 2 },
        }),
        CqrsModule.forRoot(),
        OfficesModule,
        FiguresOfTheTest,
        PublicationModule,
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    await app.init();
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const caller = (id: string, role = 'manager', ...offices: string[]): Caller => ({
    actor: { kind: role === 'public' ? 'public' : 'person', id },
    role,
    offices: offices.length > 0 ? offices : ['warwickshire'],
    system: false,
    correlationId: randomUUID(),
    causationId: null,
  });
  const anybody = caller('anonymous', 'public', 'warwickshire', 'staffordshire');
  const as = <T>(who: string | Caller, work: () => Promise<T>): Promise<T> =>
    runAs(typeof who === 'string' ? caller(who) : who, work);
  const sql = <T>(who: Caller, query: string, parameters: unknown[] = []): Promise<T[]> =>
    runAs(who, () => app.get(UnitOfWork).run((manager): Promise<T[]> => manager.query(query, parameters)));
  const send = <T = void>(who: string | Caller, command: Command<T>): Promise<T> =>
    as(who, () => app.get(CommandBus).execute(command));
  const ask = <T>(who: string | Caller, query: Query<T>): Promise<T> => as(who, () => app.get(QueryBus).execute(query));
  const target = (id: string): { id: string; ifVersion: null } => ({ id, ifVersion: null });
  const view = (id: string): Promise<PublicationView> => ask(ana, new GetPublication(id));

  async function write(id: string, text: string): Promise<void> {
    const { parts, bulletins } = await view(id);
    const narratives = parts.flatMap(({ sections }) =>
      sections.map(({ key }, index) => ({ section: key, text: index === 0 ? text : '', isNothingToReport: index > 0 })),
    );
    await send(
      ana,
      new WriteNarratives(
        target(id),
        narratives,
        bulletins.map((each) => each.id),
      ),
    );
  }

  async function publish(id: string): Promise<void> {
    await send(ana, new SubmitPublication(target(id)));
    await send(ben, new CheckPublication(target(id)));
    await send(ana, new PublishVersion(target(id)));
  }

  let first: string;

  it('is drafted, checked by somebody else and published on the day on which that happens', async () => {
    first = await send(ana, new StartPublication(Q1));
    await expect(send(ana, new StartPublication(Q1))).rejects.toMatchObject({ errors: [{ pointer: '/from' }] });
    await expect(send(ana, new SubmitPublication(target(first)))).rejects.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/narratives/timeliness' })]),
    });
    await write(first, 'By a survey.');
    await send(ana, new SubmitPublication(target(first)));
    await expect(send(ana, new CheckPublication(target(first)))).rejects.toThrow(SecondPersonNeeded);
    await send(ben, new SendPublicationBack(target(first), 'Say how many answered.'));
    expect((await view(first)).sentBack).toMatchObject({ text: 'Say how many answered.', by: ben });
    await write(first, 'By a survey that 40 people answered.');
    expect(await ask(anybody, new ListPublished(['warwickshire']))).toMatchObject({
      publications: [],
    });
    await publish(first);
    const page = await ask(anybody, new GetPublishedVersion('warwickshire', 'complaints-q1-2026-27', null));
    expect(page).toMatchObject({ number: 1, state: 'published', publishedOn: '2026-07-20', differences: [] });
    expect(page.content?.figures[0]?.quarter.value).toEqual({ mark: 'small', value: null, from: 1, to: 4 });
    expect(JSON.stringify(page)).not.toContain('"value":3');
  });

  it('shows the public neither drafts nor small numbers nor reasons, by SQL', async () => {
    const draft = await send(
      caller(ana, 'manager', 'staffordshire'),
      new StartPublication({ ...Q1, office: 'staffordshire' }),
    );
    expect(await sql(anybody, `SELECT 1 FROM publication_version WHERE publication_id = $1`, [draft])).toEqual([]);
    for (const table of ['publication_snapshot', 'publication_reason']) {
      expect(await sql(anybody, `SELECT 1 FROM ${table}`)).toEqual([]);
      expect((await sql(systemCaller('test'), `SELECT 1 FROM ${table}`)).length).toBeGreaterThan(0);
    }
    await expect(ask(ana, new GetPublication(draft))).rejects.toThrow(PublicationNotFound);
  });

  it('adds the year up from what is published of its quarters', async () => {
    clock.instant = new Date('2026-10-20T09:00:00Z');
    const { missing } = await ask(ana, new ListPublications(['warwickshire']));
    expect(missing).toEqual([
      { office: 'warwickshire', kind: KIND, from: '2026-07-01', to: '2026-09-30', isBegun: false },
    ]);
    const id = await send(ana, new StartPublication(Q2));
    expect((await view(id)).content.figures[0]).toMatchObject({
      quarter: { value: { mark: 'shown', value: 12 } },
      yearToDate: { value: { mark: 'range', from: 13, to: 16 } },
    });
    await write(id, 'As before.');
    await send(ana, new SubmitPublication(target(id)));
    await send(ben, new CheckPublication(target(id)));
    await correctFirst();
    // The year to date of the second quarter speaks of the first as it was.
    await expect(send(ana, new PublishVersion(target(id)))).rejects.toThrow(/count them again/);
    await send(ben, new SendPublicationBack(target(id), 'Count again.'));
    await send(ana, new TakeFigures(target(id)));
    await publish(id);
    const q2 = await ask(anybody, new GetPublishedVersion('warwickshire', 'complaints-q2-2026-27', 1));
    expect(q2.content?.figures[0]?.yearToDate?.value).toMatchObject({ mark: 'shown', value: 18 });
  });

  async function correctFirst(): Promise<void> {
    const figures = app.get<PublishedFigures, InventedFigures>(PublishedFigures);
    figures.received['2026-04-01'] = 6;
    await send(ana, new CorrectPublication(target(first), 'Three reviews had been filed as letters.'));
    await send(ana, new TakeFigures(target(first)));
    await publish(first);
  }

  it('keeps every version at its address and says what a correction changed', async () => {
    const read = (number: number | null): Promise<PublicVersion> =>
      ask(anybody, new GetPublishedVersion('warwickshire', 'complaints-q1-2026-27', number));
    expect(await read(1)).toMatchObject({ state: 'superseded', publishedOn: '2026-07-20' });
    expect((await read(1)).content?.figures[0]?.quarter.value.mark).toBe('small');
    expect(await read(null)).toMatchObject({
      number: 2,
      publishedOn: '2026-10-20',
      correctionNote: 'Three reviews had been filed as letters.',
      differences: [
        { what: 'Received', before: 'fewer than 5', after: '6' },
        { what: 'Received, year to date', before: '1 to 4', after: '6' },
      ],
    });
    await expect(read(3)).rejects.toThrow(PublicationNotFound);
  });

  it('never changes once it is published, whoever asks the database', async () => {
    for (const who of [systemCaller('test'), caller(ana)]) {
      for (const change of [
        `content = content || '{"title": "x"}'`,
        `published_at = now()`,
        `state = 'draft', published_at = NULL`,
        `correction_note = 'x'`,
        `checked_by = 'x'`,
      ]) {
        const change_ = `UPDATE publication_version SET ${change} WHERE publication_id = $1 AND number = 1`;
        await expect(sql(who, change_, [first])).rejects.toThrow(/never changes/);
      }
    }
    const remove = `DELETE FROM publication_version WHERE publication_id = $1`;
    await expect(sql(systemCaller('test'), remove, [first])).rejects.toThrow(/never changes/);
  });

  it('is withdrawn only with its reason in its place', async () => {
    await expect(send(ben, new WithdrawPublication(target(first), ' '))).rejects.toMatchObject({
      errors: [{ pointer: '/reason' }],
    });
    await send(ben, new WithdrawPublication(target(first), 'The figures are of another office.'));
    expect(await ask(anybody, new GetPublishedVersion('warwickshire', 'complaints-q1-2026-27', null))).toMatchObject({
      state: 'withdrawn',
      content: null,
      withdrawalReason: 'The figures are of another office.',
    });
  });

  it('reminds of a bulletin of the IOPC until it is on a page, a month after they published it', async () => {
    const bulletin = {
      office: 'warwickshire',
      kind: 'quarterly-data',
      title: 'Q2 2026/27 bulletin',
      publishedOn: '2026-12-31',
      ...{ from: '2026-04-01', to: '2026-09-30', link: null },
      file: { filename: 'bulletin.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.7 invented') },
    };
    await expect(send(ana, new RecordBulletin(bulletin))).rejects.toMatchObject({
      errors: [{ pointer: '/publishedOn' }],
    });
    clock.instant = new Date('2027-01-10T09:00:00Z');
    const id = await send(ana, new RecordBulletin(bulletin));
    const [listed] = (await ask(ana, new ListPublications(['warwickshire']))).bulletins;
    expect(listed).toMatchObject({ id, dueOn: '2027-01-31', onPageSince: null });
    expect(await ask(ana, new CountDuePublications(['warwickshire']))).toMatchObject({ due: 1, overdue: 0 });
    clock.instant = new Date('2027-02-01T09:00:00Z');
    expect(await ask(ana, new CountDuePublications(['warwickshire']))).toMatchObject({ due: 1, overdue: 1 });
    await expect(ask(anybody, new GetBulletinFile('warwickshire', id))).rejects.toThrow(PublicationNotFound);
    const q3 = await send(ana, new StartPublication({ ...Q1, from: '2026-10-01', to: '2026-12-31' }));
    await write(q3, 'With the bulletin.');
    await publish(q3);
    expect(await ask(ana, new CountDuePublications(['warwickshire']))).toMatchObject({ due: 0, overdue: 0 });
    expect(await ask(anybody, new GetBulletinFile('warwickshire', id))).toMatchObject({ filename: 'bulletin.pdf' });
    const [line] = (await ask(ana, new ListPublications(['warwickshire']))).bulletins;
    expect(line?.onPageSince).toBe('2027-02-01');
  });

  it('refuses a change of what somebody else has changed meanwhile', async () => {
    const [line] = (await ask(ana, new ListPublications(['warwickshire']))).publications;
    const stale = { id: line?.id ?? '', ifVersion: 1 };
    await expect(send(ana, new CorrectPublication(stale, 'x'))).rejects.toThrow(/somebody else/);
  });
});
