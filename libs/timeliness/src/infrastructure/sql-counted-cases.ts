import { Injectable } from '@nestjs/common';
import type { Pause } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import {
  CountedCases,
  type AnsweredSpan,
  type CasePosition,
  type CasesAsked,
  type CountedCase,
  type FigureFrame,
  type Tally,
} from '../application/counted-cases';
import type { Breakdown, FigureKey } from '../domain/figures';
import { ANSWERED, FIGURE_CONDITIONS, frameParameters, groupOf, HELD_ROWS, SHOWN_REFERENCE } from './figure-conditions';

interface TallyRow {
  is_total: boolean;
  group: string | null;
  counts: number[];
}

interface SpanRow {
  group: string | null;
  waiting_since: string;
  answered_on: string;
  pauses: Pause[];
  cases: number;
}

interface CaseRow {
  case_id: string;
  reference: string | null;
  office: string;
  received_on: string;
  respond_by: string | null;
  answered_on: string | null;
  status: string;
}

/** Reads timeliness_history in the open transaction. */
@Injectable()
export class SqlCountedCases extends CountedCases {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async completeUpTo(now: Date): Promise<Date> {
    const [row]: { instant: Date }[] = await this.unitOfWork.manager.query(
      `SELECT least($1::timestamptz,
                (SELECT recorded_at FROM event_log
                  WHERE position > coalesce((SELECT position FROM projection_checkpoint WHERE name = 'timeliness'), 0)
                  ORDER BY position LIMIT 1) - interval '1 millisecond',
                (SELECT recorded_at FROM event_log WHERE position IS NULL ORDER BY seq LIMIT 1) - interval '1 millisecond'
              ) AS instant`,
      [now],
    );
    return row?.instant ?? now;
  }

  async calendarVersionAt(instant: Date): Promise<number> {
    // Rows carry real time; business time runs beside it at a constant distance.
    const [row]: { version: number }[] = await this.unitOfWork.manager.query(
      `SELECT coalesce(max(version) FILTER (WHERE created_at + (business_now() - clock_timestamp()) <= $1),
                       min(version), 0) AS version
         FROM holiday_calendar`,
      [instant],
    );
    return row?.version ?? 0;
  }

  async tally(frame: FigureFrame, figures: readonly FigureKey[], by: Breakdown | 'week' | null): Promise<Tally[]> {
    const counts = figures
      .map((figure) => FIGURE_CONDITIONS[figure])
      .flatMap(({ counted, outOf }) => [counted, outOf])
      .map((condition) => `count(*) FILTER (WHERE ${condition})`);
    const rows: TallyRow[] = await this.unitOfWork.manager.query(
      `SELECT grouping(g.value) = 1 AS is_total, g.value AS group, ARRAY[${counts.join(', ')}]::int[] AS counts
         FROM timeliness_history h CROSS JOIN LATERAL (SELECT ${groupOf(by, figures[0])} AS value) g
        WHERE ${HELD_ROWS}
        GROUP BY GROUPING SETS ((), (g.value)) ORDER BY g.value COLLATE "C"`,
      frameParameters(frame),
    );
    return rows
      .filter((row) => row.is_total || by !== null)
      .map((row) => ({
        isTotal: row.is_total,
        group: row.group,
        counts: new Map(
          figures.map((figure, index) => [
            figure,
            { counted: row.counts[index * 2] ?? 0, outOf: row.counts[index * 2 + 1] ?? 0 },
          ]),
        ),
      }));
  }

  async answeredSpans(frame: FigureFrame, by: Breakdown | null): Promise<AnsweredSpan[]> {
    const rows: SpanRow[] = await this.unitOfWork.manager.query(
      `SELECT ${groupOf(by, undefined)} AS group, h.waiting_since::text AS waiting_since,
              h.answered_on::text AS answered_on, h.pauses, count(*)::int AS cases
         FROM timeliness_history h WHERE ${HELD_ROWS} AND ${ANSWERED}
        GROUP BY 1, 2, 3, 4`,
      frameParameters(frame),
    );
    return rows.map(({ waiting_since, answered_on, ...row }) => ({
      ...row,
      waitingSince: waiting_since,
      answeredOn: answered_on,
    }));
  }

  async list(frame: FigureFrame, asked: CasesAsked): Promise<(CountedCase & CasePosition)[]> {
    const conditions = FIGURE_CONDITIONS[asked.figure];
    const group = asked.group ? groupOf(asked.group.by, asked.figure) : 'NULL::text';
    const rows: CaseRow[] = await this.unitOfWork.manager.query(
      `SELECT h.case_id, ${SHOWN_REFERENCE} AS reference, h.office, h.received_on::text AS received_on, h.respond_by::text AS respond_by,
              h.answered_on::text AS answered_on, h.status
         FROM timeliness_history h
        WHERE ${HELD_ROWS} AND (${asked.part === 'numerator' ? conditions.counted : conditions.outOf})
          AND ${group} IS NOT DISTINCT FROM $10::text
          AND ($11::date IS NULL OR (h.received_on, h.case_id) > ($11::date, $12::uuid))
        ORDER BY h.received_on, h.case_id LIMIT $13`,
      [
        ...frameParameters(frame),
        asked.group?.value ?? null,
        asked.after?.receivedOn ?? null,
        asked.after?.caseId ?? null,
        asked.limit,
      ],
    );
    return rows.map((row) => ({
      caseId: row.case_id,
      reference: row.reference,
      office: row.office,
      receivedOn: row.received_on,
      respondBy: row.respond_by,
      answeredOn: row.answered_on,
      status: row.status,
    }));
  }
}
