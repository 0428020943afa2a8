import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock, countDeadline, isDay, londonDate, type FieldError } from '@app/kernel';
import { Calendars } from '@app/offices';
import { BulkInsert, ContentStore, currentCaller, EventStore, sha256, UnitOfWork } from '@app/platform';
import { BULLETIN_KINDS } from '../domain/content';
import { InvalidPublication } from '../domain/publication.errors';
import { PublicationSettings } from './publication-settings';

const LARGEST_BYTES = 20 * 1024 * 1024;
const LINK = /^https:\/\/[^\s/?#]+\.[^\s/?#]+(\/\S*)?$/;

export interface GivenFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

export interface BulletinInput {
  readonly office: string;
  readonly kind: string;
  readonly title: string;
  /** The day on which the IOPC published it. */
  readonly publishedOn: string;
  /** The period that it covers. */
  readonly from: string;
  readonly to: string;
  readonly link: string | null;
  readonly file: GivenFile | null;
}

/** Records what the IOPC published about the force, by when it has to be on the page. Answers its id. */
export class RecordBulletin extends Command<string> {
  constructor(readonly bulletin: BulletinInput) {
    super();
  }
}

@CommandHandler(RecordBulletin)
export class RecordBulletinHandler implements ICommandHandler<RecordBulletin> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
    @Inject(ContentStore) private readonly contents: ContentStore,
    private readonly settings: PublicationSettings,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidPublication naming every wrong field. */
  async execute({ bulletin }: RecordBulletin): Promise<string> {
    const now = this.clock.now();
    const errors = problemsOf(bulletin, londonDate(now), currentCaller().offices);
    if (errors.length > 0) throw new InvalidPublication(errors);
    const { office, kind, publishedOn, from, to, file } = bulletin;
    const calendar = await this.calendars.current();
    const { bulletinPolicy } = await this.settings.on(office, publishedOn);
    const { deadline, steps } = countDeadline(bulletinPolicy, publishedOn, calendar);
    const id = randomUUID();
    const content = file === null ? null : await this.contents.prepare(office, file.content);
    await this.unitOfWork.run(async (manager) => {
      if (content !== null) {
        const bulk = new BulkInsert();
        this.contents.addTo(bulk, [content]);
        await bulk.run(manager);
      }
      await manager.query(
        `INSERT INTO iopc_bulletin (id, office, kind, title, published_on, period_from, period_to, link, filename, content_type,
                                    size_bytes, content_sha256, due_on, due_rule, due_steps, calendar_version, added_by, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
        [
          ...[id, office, kind, bulletin.title.trim(), publishedOn, from, to, bulletin.link],
          ...[file?.filename ?? null, file?.contentType ?? null, file?.content.length ?? null],
          ...[file === null ? null : sha256(file.content), deadline, bulletinPolicy.rule, JSON.stringify(steps)],
          ...[calendar.version, currentCaller().actor.id, now],
        ],
      );
      const data = { bulletinId: id, kind, publishedOn, from, to, dueOn: deadline, rule: bulletinPolicy.rule };
      await this.events.append([
        {
          stream: `publication-bulletin-${id}`,
          office,
          expectedVersion: 0,
          events: [
            {
              type: 'publication.bulletin-recorded',
              schemaVersion: 1,
              data: { ...data, calendarVersion: calendar.version },
              effectiveAt: now,
            },
          ],
        },
      ]);
    });
    return id;
  }
}

function problemsOf(bulletin: BulletinInput, today: string, offices: readonly string[]): readonly FieldError[] {
  const { office, kind, title, publishedOn, from, to, link, file } = bulletin;
  const found: FieldError[] = [];
  const refuse = (field: string, message: string): number => found.push({ pointer: `/${field}`, message });
  if (!offices.includes(office)) refuse('office', 'Choose one of your offices');
  if (!(BULLETIN_KINDS as readonly string[]).includes(kind)) refuse('kind', 'Choose what it is');
  if (title.trim() === '') refuse('title', 'Enter its title');
  else if (title.trim().length > 200) refuse('title', 'The title must have at most 200 characters');
  if (!isDay(publishedOn)) refuse('publishedOn', 'Enter the day on which the IOPC published it');
  else if (publishedOn > today) refuse('publishedOn', 'It cannot have been published in the future');
  if (!isDay(from)) refuse('from', 'Enter the first day that it covers');
  if (!isDay(to)) refuse('to', 'Enter the last day that it covers');
  else if (isDay(from) && to < from) refuse('to', 'The last day must not be before the first');
  else if (isDay(publishedOn) && to > publishedOn) {
    refuse('to', 'It cannot cover days after the one on which it was published');
  }
  if (link !== null && file !== null) refuse('link', 'Give either a file or a link, not both');
  if (link === null && file === null) refuse('file', 'Choose the file, or give its link');
  if (link !== null && (!LINK.test(link) || link.length > 500))
    refuse('link', 'Enter a link that begins with https://');
  if (file !== null && file.content.length > LARGEST_BYTES) refuse('file', 'The file must be 20 megabytes or less');
  return found;
}
