import { Injectable } from '@nestjs/common';
import { Projection, Projects, type StoredEvent, type TableNames } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { caseIdOf, foldHistory, HISTORY_EVENTS, type HistoryRow } from './fold-history';
import { HISTORY_COLUMNS, toHistoryRecord, toHistoryRow, type HistoryRecord } from './history-record';

const TABLE = 'timeliness_history';

/**
 * One row per case and interval of recorded time, so that every figure can be had as of any past instant. A batch
 * costs two statements: the rows that hold now are taken out, and come back changed with those that follow them.
 */
@Injectable()
@Projects({ name: 'timeliness', tables: [TABLE], events: HISTORY_EVENTS })
export class TimelinessProjection extends Projection {
  async apply(manager: EntityManager, events: readonly StoredEvent[], table: TableNames): Promise<void> {
    if (events.length === 0) return;
    const caseIds = [...new Set(events.map(caseIdOf))].filter((id) => id !== null);
    const current = await this.takeCurrent(manager, table(TABLE), caseIds);
    const records = foldHistory(current, events).map(toHistoryRecord);
    if (records.length === 0) return;
    const columns = HISTORY_COLUMNS.join(', ');
    await manager.query(
      `INSERT INTO ${table(TABLE)} (${columns})
       SELECT ${columns} FROM json_populate_recordset(NULL::${table(TABLE)}, $1)`,
      [JSON.stringify(records)],
    );
  }

  private async takeCurrent(
    manager: EntityManager,
    table: string,
    caseIds: readonly string[],
  ): Promise<Map<string, HistoryRow>> {
    // As JSON, days and instants come as text and not as local midnights.
    const rows: { record: HistoryRecord }[] = await manager.query(
      `WITH taken AS (DELETE FROM ${table} WHERE case_id = ANY($1::uuid[]) AND recorded_to IS NULL RETURNING *)
       SELECT to_jsonb(taken) AS record FROM taken`,
      [caseIds],
    );
    return new Map(rows.map(({ record }) => [record.case_id, toHistoryRow(record)]));
  }
}
