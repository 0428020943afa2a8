import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { OfficeNotFound } from '@app/offices';
import { EventStore, UnitOfWork, currentCaller } from '@app/platform';
import { InvalidReviewInput, ReviewNotFound, ReviewRuleRefused } from '../../domain/review.errors';
import { guessMapping, IMPORT_FIELDS, type ImportMapping } from './import-fields';
import { planRow } from './plan-row';
import { readSheet } from './read-sheet';
import { reviewImportStream } from './review-import.events';
import { ReviewImporter } from './review-importer';

export type ImportOutcome = 'taken' | 'there-already' | 'refused';

/** What became of a line, or what would. */
export interface ImportLine {
  readonly line: number;
  readonly oldReference: string | null;
  /** Before it is started: what it would be. */
  readonly outcome: ImportOutcome | null;
  readonly message: string;
  readonly reference: string | null;
}

export interface ReviewImportView {
  readonly id: string;
  readonly office: string;
  readonly filename: string;
  readonly headers: readonly string[];
  readonly mapping: ImportMapping;
  readonly state: 'trying' | 'running' | 'finished';
  readonly total: number;
  readonly settled: number;
  readonly taken: number;
  readonly thereAlready: number;
  readonly refused: number;
  readonly lines: readonly ImportLine[];
  readonly isStuck: boolean;
}

interface Row {
  readonly id: string;
  readonly office: string;
  readonly filename: string;
  readonly headers: string[];
  readonly mapping: ImportMapping;
  readonly started: boolean;
  readonly finished: boolean;
}

interface LineRow {
  readonly line: number;
  readonly cells: string[] | null;
  readonly old_reference: string | null;
  readonly outcome: ImportOutcome | null;
  readonly message: string | null;
  readonly reference: string | null;
}

/** Lists of open reviews that are read in: given, mapped, tried, started, and reported on. */
@Injectable()
export class ReviewImports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly importer: ReviewImporter,
    private readonly clock: Clock,
  ) {}

  /** Keeps what the file says until it is settled. Answers the import's id. @throws InvalidReviewInput, OfficeNotFound */
  async give(office: string, filename: string, bytes: Buffer): Promise<string> {
    const { actor, role, offices } = currentCaller();
    if (!offices.includes(office)) throw new OfficeNotFound(office);
    const { headers, rows } = await readSheet(filename, bytes);
    return this.unitOfWork.run(async (manager) => {
      const [saved]: { mapping: ImportMapping }[] = await manager.query(
        `SELECT mapping FROM review_import_mapping WHERE office = $1`,
        [office],
      );
      const id = randomUUID();
      await manager.query(
        `INSERT INTO review_import (id, office, filename, headers, mapping, actor_kind, actor, role, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          ...[id, office, filename.slice(0, 200), JSON.stringify(headers)],
          ...[
            JSON.stringify(guessMapping(headers, saved?.mapping ?? {})),
            actor.kind,
            actor.id,
            role,
            this.clock.now(),
          ],
        ],
      );
      await manager.query(
        `INSERT INTO review_import_row (import_id, line, office, cells)
         SELECT $1, line, $2, cells FROM jsonb_to_recordset($3::jsonb) AS each_row (line integer, cells jsonb)`,
        [id, office, JSON.stringify(rows)],
      );
      return id;
    });
  }

  /** Which column means what; kept for the next list of the office. @throws ReviewRuleRefused once it is started. */
  async map(id: string, mapping: ImportMapping): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      const { office, headers } = await this.notStarted(id);
      const known = Object.entries(mapping).filter(
        ([key, header]) => IMPORT_FIELDS.some((each) => each.key === key) && header !== '',
      );
      for (const [key, header] of known) {
        if (!headers.includes(header)) throw new InvalidReviewInput(`/${key}`, 'is no column of this file');
        if (known.some(([other, same]) => other !== key && same === header)) {
          throw new InvalidReviewInput(`/${key}`, 'this column is chosen twice');
        }
      }
      const kept = JSON.stringify(Object.fromEntries(known));
      await manager.query(`UPDATE review_import SET mapping = $2 WHERE id = $1`, [id, kept]);
      await manager.query(
        `INSERT INTO review_import_mapping (office, mapping) VALUES ($1, $2)
         ON CONFLICT (office) DO UPDATE SET mapping = excluded.mapping`,
        [office, kept],
      );
    });
  }

  /** From here on it goes on by itself. Started twice, it runs once. */
  async start(id: string): Promise<void> {
    await this.unitOfWork.run(async (manager) => {
      const { office } = await this.notStarted(id);
      const now = this.clock.now();
      const { actor, role } = currentCaller();
      await manager.query(
        `UPDATE review_import SET started_at = $2, actor_kind = $3, actor = $4, role = $5 WHERE id = $1`,
        [id, now, actor.kind, actor.id, role],
      );
      const data = { importId: id, lines: await this.countLines(id) };
      const event = { type: 'reviews.import-started', schemaVersion: 1, data, effectiveAt: now };
      await this.store.append([{ stream: reviewImportStream(id), office, expectedVersion: 0, events: [event] }]);
    });
  }

  /** With the dry run, where it is not started yet. @throws ReviewNotFound */
  async get(id: string): Promise<ReviewImportView> {
    return this.unitOfWork.run(async (manager) => {
      const found = await this.find(id);
      const rows: LineRow[] = await manager.query(
        `SELECT line, cells, old_reference, outcome, message, reference FROM review_import_row WHERE import_id = $1 ORDER BY line`,
        [found.id],
      );
      const lines = found.started ? rows.map(reported) : await this.tried(found, rows);
      const [stuck]: { stuck: boolean }[] = await manager.query(
        `SELECT EXISTS (SELECT FROM needs_attention a JOIN event_log e ON e.id = a.message_id
           WHERE a.consumer = 'reviews.run-import' AND a.state = 'open' AND e.stream = $1) AS stuck`,
        [reviewImportStream(found.id)],
      );
      const { office, filename, headers, mapping, started, finished } = found;
      const count = (outcome: ImportOutcome): number => lines.filter((each) => each.outcome === outcome).length;
      return {
        ...{ id: found.id, office, filename, headers, mapping, lines, total: rows.length },
        state: finished ? 'finished' : started ? 'running' : 'trying',
        settled: lines.filter(({ outcome }) => outcome !== null).length,
        ...{ taken: count('taken'), thereAlready: count('there-already'), refused: count('refused') },
        isStuck: stuck?.stuck ?? false,
      };
    });
  }

  private async tried({ office, headers, mapping }: Row, rows: readonly LineRow[]): Promise<ImportLine[]> {
    const context = await this.importer.context(office);
    const plans = rows.map(({ line, cells }) => ({ line, ...planRow(headers, cells ?? [], mapping, context) }));
    const known = await this.importer.known(
      office,
      plans.flatMap(({ oldReference }) => oldReference ?? []),
    );
    const seen = new Set<string>();
    const lines: ImportLine[] = [];
    for (const { line, oldReference, planned, problems } of plans) {
      const there = oldReference === null ? undefined : known.get(oldReference);
      const about = { line, oldReference, reference: there ?? null };
      const isTwice = oldReference !== null && seen.has(oldReference);
      if (oldReference !== null) seen.add(oldReference);
      if (there !== undefined) lines.push({ ...about, outcome: 'there-already', message: 'Was taken over before' });
      else if (isTwice)
        lines.push({ ...about, outcome: 'there-already', message: 'The same reference stands further up' });
      else if (planned === null) lines.push({ ...about, outcome: 'refused', message: problems.join('. ') });
      else {
        const result = await this.importer.try(planned, office);
        const isGood = 'does' in result;
        lines.push({ ...about, outcome: isGood ? 'taken' : 'refused', message: isGood ? result.does : result.problem });
      }
    }
    return lines;
  }

  private async notStarted(id: string): Promise<Row> {
    const found = await this.find(id, 'FOR UPDATE');
    if (found.started) throw new ReviewRuleRefused('This list is being taken over already.');
    return found;
  }

  private async find(id: string, lock: '' | 'FOR UPDATE' = ''): Promise<Row> {
    const { offices, system } = currentCaller();
    const [row]: Row[] = await this.unitOfWork.manager.query(
      `SELECT id, office, filename, headers, mapping, started_at IS NOT NULL AS started, finished_at IS NOT NULL AS finished
         FROM review_import WHERE id::text = $1 AND ($2 OR office = ANY($3)) ${lock}`,
      [id, system, offices],
    );
    if (!row) throw new ReviewNotFound();
    return row;
  }

  private async countLines(id: string): Promise<number> {
    const [row]: { lines: number }[] = await this.unitOfWork.manager.query(
      `SELECT count(*)::int AS lines FROM review_import_row WHERE import_id = $1`,
      [id],
    );
    return row?.lines ?? 0;
  }
}

function reported({ line, old_reference, outcome, message, reference }: LineRow): ImportLine {
  return { line, oldReference: old_reference, outcome, message: message ?? '', reference };
}
