import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { commitment } from '@app/kernel';
import { currentCaller, EventStore, UnitOfWork } from '@app/platform';
import type { PublicationContent } from '../domain/content';
import { Publication, type Doing, type KeptReason, type Narrative, type VersionFacts } from '../domain/publication';
import { PublicationNotFound } from '../domain/publication.errors';
import type { PublishedFigure } from '../domain/published-figure';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a version holds besides its life. */
export interface VersionBody {
  readonly narratives: readonly Narrative[];
  readonly bulletins: readonly string[];
  readonly content: PublicationContent;
  readonly sha256: string;
}

/** The numbers as counted and the published versions that the year to date was added up from. */
export interface Snapshot {
  readonly figures: readonly PublishedFigure[];
  readonly basis: readonly string[];
}

/** What is said to the public about a version, besides what stands in it. */
export interface VersionWords {
  readonly correctionNote?: string;
  readonly withdrawalReason?: string;
}

interface PublicationRecord {
  id: string;
  office: string;
  kind: string;
  slug: string;
  from: string;
  to: string;
  version: number;
}

/** Publications with their versions, in the open transaction. */
@Injectable()
export class PublicationStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventStore,
  ) {}

  /** For a change: nobody else changes it until the transaction ends. @throws PublicationNotFound */
  async load(id: string): Promise<{ readonly publication: Publication; readonly body: VersionBody }> {
    if (!UUID.test(id)) throw new PublicationNotFound();
    const { manager } = this.unitOfWork;
    const [row]: PublicationRecord[] = await manager.query(
      `SELECT id, office, kind, slug, period_from::text AS "from", period_to::text AS "to", version
         FROM publication WHERE id = $1 FOR UPDATE`,
      [id],
    );
    if (!row) throw new PublicationNotFound();
    const versions: (VersionFacts & VersionBody)[] = await manager.query(
      `SELECT number, state, authors, checked_by AS "checkedBy", published_on::text AS "publishedOn",
              narratives, bulletins, content, sha256
         FROM publication_version WHERE publication_id = $1 ORDER BY number`,
      [id],
    );
    const newest = versions.at(-1);
    if (!newest) throw new PublicationNotFound();
    const facts = versions.map(({ number, state, authors, checkedBy, publishedOn }) => ({
      number,
      state,
      authors,
      checkedBy,
      publishedOn,
    }));
    const { version, ...own } = row;
    const { narratives, bulletins, content, sha256 } = newest;
    return {
      publication: Publication.of({ ...own, versions: facts }, version),
      body: { narratives, bulletins, content, sha256 },
    };
  }

  /** Events, life and, where it is given, what the newest version holds. */
  async save(publication: Publication, { by, at }: Doing, body: VersionBody, words: VersionWords = {}): Promise<void> {
    const { id, office, kind, slug, from, to } = publication.facts;
    const events = publication.releaseEvents();
    const { manager } = this.unitOfWork;
    const version = publication.version + events.length;
    await this.events.append([{ stream: `publication-${id}`, office, expectedVersion: publication.version, events }]);
    await manager.query(
      `INSERT INTO publication (id, office, kind, slug, period_from, period_to, started_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET version = excluded.version`,
      [id, office, kind, slug, from, to, at, version],
    );
    const { versions } = publication.state;
    // The current version gives way before another takes its place: there is one at a time.
    for (const each of versions) {
      const isNewest = each.number === publication.newest.number;
      if (!isNewest || each.state === 'withdrawn') await this.saveState(id, each, at, words);
    }
    if (publication.newest.state !== 'withdrawn') await this.saveNewest(publication, { by, at }, body, words);
  }

  async saveSnapshot(publication: Publication, { figures, basis }: Snapshot): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO publication_snapshot (publication_id, number, office, figures, basis) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (publication_id, number) DO UPDATE SET figures = excluded.figures, basis = excluded.basis`,
      [
        publication.id,
        publication.newest.number,
        publication.facts.office,
        JSON.stringify(figures),
        JSON.stringify(basis),
      ],
    );
  }

  async snapshot(id: string, number: number): Promise<Snapshot | null> {
    const [row]: Snapshot[] = await this.unitOfWork.manager.query(
      `SELECT figures, basis FROM publication_snapshot WHERE publication_id = $1 AND number = $2`,
      [id, number],
    );
    return row ?? null;
  }

  /** Keeps a reason beside the log; the event holds its commitment. */
  async keepReason(
    { id, office }: { readonly id: string; readonly office: string },
    number: number,
    what: 'sent-back' | 'correction' | 'withdrawal',
    text: string,
    at: Date,
  ): Promise<KeptReason> {
    const reasonId = randomUUID();
    const salt = randomBytes(16);
    await this.unitOfWork.manager.query(
      `INSERT INTO publication_reason (id, office, publication_id, number, what, salt, text, given_by, given_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [reasonId, office, id, number, what, salt, text, currentCaller().actor.id, at],
    );
    return { reasonId, reasonCommitment: commitment(salt, text) };
  }

  private async saveState(id: string, { number, state }: VersionFacts, at: Date, words: VersionWords): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE publication_version
          SET state = $3, superseded_at = CASE WHEN $3 = 'superseded' THEN $4::timestamptz END,
              withdrawn_at = CASE WHEN $3 = 'withdrawn' THEN $4::timestamptz END,
              withdrawal_reason = CASE WHEN $3 = 'withdrawn' THEN $5::text END
        WHERE publication_id = $1 AND number = $2 AND state <> $3`,
      [id, number, state, at, words.withdrawalReason ?? null],
    );
  }

  private async saveNewest(
    publication: Publication,
    { by, at }: Doing,
    body: VersionBody,
    words: VersionWords,
  ): Promise<void> {
    const { number, state, authors, checkedBy } = publication.newest;
    await this.unitOfWork.manager.query(
      `INSERT INTO publication_version (publication_id, number, office, state, authors, narratives, bulletins, content, sha256,
                                        data_as_of, correction_note)
       VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [
        ...[publication.id, number, publication.facts.office, authors, JSON.stringify(body.narratives), body.bulletins],
        ...[JSON.stringify(body.content), body.sha256, body.content.asOf, words.correctionNote ?? null],
      ],
    );
    await this.unitOfWork.manager.query(
      `UPDATE publication_version
          SET state = $3, authors = $4, narratives = $5, bulletins = $6, content = $7, sha256 = $8, data_as_of = $9,
              checked_by = $10, checked_at = CASE WHEN $10::text IS NULL THEN NULL ELSE coalesce(checked_at, $11) END,
              submitted_by = CASE $3 WHEN 'draft' THEN NULL ELSE coalesce(submitted_by, $12) END,
              submitted_at = CASE $3 WHEN 'draft' THEN NULL ELSE coalesce(submitted_at, $11) END,
              published_by = CASE $3 WHEN 'published' THEN $12 END,
              published_at = CASE $3 WHEN 'published' THEN $11::timestamptz END,
              correction_note = coalesce($13, correction_note)
        WHERE publication_id = $1 AND number = $2 AND published_at IS NULL`,
      [
        ...[publication.id, number, state, authors, JSON.stringify(body.narratives), body.bulletins],
        ...[
          JSON.stringify(body.content),
          body.sha256,
          body.content.asOf,
          checkedBy,
          at,
          by,
          words.correctionNote ?? null,
        ],
      ],
    );
  }
}
