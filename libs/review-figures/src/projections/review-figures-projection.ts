import { Injectable } from '@nestjs/common';
import { Projection, Projects, type StoredEvent, type TableNames } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { quietSince, type ReviewFacts } from '../domain/review-facts';
import { FIGURE_EVENTS, foldReviews, keyOf, type Known, type ReviewRow } from './fold-reviews';
import { FIRST_OF_A_PART, textOf } from './recommendation-changes';

const HISTORY = 'review_history';
const KNOWN = 'review_history_key';

/** The name under which it is rebuilt and its progress is kept. */
export const REVIEW_FIGURES = 'review-figures';

interface StoredRow {
  recorded_from: Date;
  position: string;
  facts: ReviewFacts;
}

/**
 * One row per review and interval of recorded time, so that every figure can be had as of any past instant. Beside it
 * what is known of every case until then, because a case may be found to be a review long after it came.
 */
@Injectable()
@Projects({ name: REVIEW_FIGURES, tables: [HISTORY, KNOWN], events: FIGURE_EVENTS })
export class ReviewFiguresProjection extends Projection {
  async apply(manager: EntityManager, events: readonly StoredEvent[], table: TableNames): Promise<void> {
    if (events.length === 0) return;
    const keys = new Set(events.map(keyOf));
    const known = await this.known(manager, table(KNOWN), [...keys]);
    const caseIds = new Set([...keys, ...[...known.values()].map(({ caseId }) => caseId)]);
    for (const { type, data } of events) if (FIRST_OF_A_PART.includes(type)) caseIds.add(textOf(data.caseId));
    const current = await this.takeCurrent(manager, table(HISTORY), [...caseIds]);
    const folded = foldReviews(current, known, events);
    await this.write(manager, table, folded.rows, folded.known);
  }

  private async known(manager: EntityManager, table: string, keys: readonly string[]): Promise<Map<string, Known>> {
    const rows: { key: string; case_id: string; office: string; start: Known['start'] }[] = await manager.query(
      `SELECT key, case_id, office, start FROM ${table} WHERE key = ANY($1::uuid[])`,
      [keys],
    );
    return new Map(rows.map(({ case_id: caseId, ...each }) => [each.key, { ...each, caseId }]));
  }

  private async takeCurrent(
    manager: EntityManager,
    table: string,
    caseIds: readonly string[],
  ): Promise<Map<string, ReviewRow>> {
    const rows: StoredRow[] = await manager.query(
      `WITH taken AS (DELETE FROM ${table} WHERE case_id = ANY($1::uuid[]) AND recorded_to IS NULL RETURNING *)
       SELECT recorded_from, position, facts FROM taken`,
      [caseIds],
    );
    return new Map(
      rows.map(({ recorded_from: recordedFrom, position, facts }) => [
        facts.caseId,
        { recordedFrom, recordedTo: null, position: Number(position), facts },
      ]),
    );
  }

  private async write(
    manager: EntityManager,
    table: TableNames,
    rows: readonly ReviewRow[],
    known: readonly Known[],
  ): Promise<void> {
    if (known.length > 0) {
      await manager.query(
        `INSERT INTO ${table(KNOWN)} (key, case_id, office, start)
         SELECT key, case_id, office, start FROM json_to_recordset($1) AS k (key uuid, case_id uuid, office text, start json)
         ON CONFLICT (key) DO UPDATE SET start = excluded.start`,
        [JSON.stringify(known.map(({ caseId, ...each }) => ({ ...each, case_id: caseId })))],
      );
    }
    if (rows.length === 0) return;
    const columns = 'case_id, recorded_from, recorded_to, position, office, received_on, quiet_since, facts';
    await manager.query(
      `INSERT INTO ${table(HISTORY)} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table(HISTORY)}, $1)`,
      [
        JSON.stringify(
          rows.map(({ recordedFrom, recordedTo, position, facts }) => ({
            ...{ case_id: facts.caseId, recorded_from: recordedFrom, recorded_to: recordedTo, position },
            ...{ office: facts.office, received_on: facts.receivedOn, quiet_since: quietSince(facts), facts },
          })),
        ),
      ],
    );
  }
}
