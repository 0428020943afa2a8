import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import type { FigureFrame } from '../application/counted-cases';
import { DueCases, type DueCase, type DueCount, type DuePosition, type DueSelection } from '../application/due-cases';
import { frameParameters, HELD_ROWS, SHOWN_REFERENCE } from './figure-conditions';

/** $4 is the last day looked at, $5 today. A paused case has no day on which it is due. */
const DUE = `h.closed_on IS NULL AND h.answered_on IS NULL AND h.respond_by <= $4::date`;
const DAY = `CASE WHEN h.respond_by < $5::date THEN 'overdue' ELSE h.respond_by::text END`;

interface DueRow {
  case_id: string;
  reference: string | null;
  office: string;
  queue: string | null;
  person: string | null;
  priority: string;
  status: string;
  received_on: string;
  respond_by: string;
}

/** Reads timeliness_history in the open transaction. */
@Injectable()
export class SqlDueCases extends DueCases {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  counts(frame: FigureFrame): Promise<DueCount[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${DAY} AS due, h.queue, h.assignee AS person, count(*)::int AS cases
         FROM timeliness_history h WHERE ${HELD_ROWS} AND ${DUE} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      frameParameters(frame),
    );
  }

  async list(
    frame: FigureFrame,
    { due, queue, person }: DueSelection,
    after: DuePosition | null,
    limit: number,
  ): Promise<(DueCase & DuePosition)[]> {
    const rows: DueRow[] = await this.unitOfWork.manager.query(
      `SELECT h.case_id, ${SHOWN_REFERENCE} AS reference, h.office, h.queue, h.assignee AS person, h.priority, h.status,
              h.received_on::text AS received_on, h.respond_by::text AS respond_by
         FROM timeliness_history h
        WHERE ${HELD_ROWS} AND ${DUE} AND ($10::text IS NULL OR ${DAY} = $10)
          AND ($11::boolean OR h.queue IS NOT DISTINCT FROM $12::text)
          AND ($13::boolean OR h.assignee IS NOT DISTINCT FROM $14::text)
          AND ($15::date IS NULL OR (h.respond_by, h.case_id) > ($15::date, $16::uuid))
        ORDER BY h.respond_by, h.case_id LIMIT $17`,
      [
        ...frameParameters(frame),
        due ?? null,
        queue === undefined,
        queue ?? null,
        person === undefined,
        person ?? null,
        after?.respondBy ?? null,
        after?.caseId ?? null,
        limit,
      ],
    );
    return rows.map(({ case_id, received_on, respond_by, ...row }) => ({
      ...row,
      caseId: case_id,
      receivedOn: received_on,
      respondBy: respond_by,
    }));
  }
}
