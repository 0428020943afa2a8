import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import type { ReviewFacts } from '../domain/review-facts';
import { REVIEW_FIGURES } from '../projections/review-figures-projection';

/** Which reviews may matter to a period, as recorded at an instant. */
export interface FactsAsked {
  readonly offices: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly asOf: Date;
}

/** Reads the history of reviews in the open transaction. */
@Injectable()
export class ReviewFactsStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those received by the end of the period that were not quiet before it began. */
  async held({ offices, from, to, asOf }: FactsAsked): Promise<ReviewFacts[]> {
    const rows: { facts: ReviewFacts }[] = await this.unitOfWork.manager.query(
      `SELECT h.facts FROM review_history h
        WHERE coalesce(h.recorded_to, 'infinity'::timestamptz) > $1::timestamptz AND h.recorded_from <= $1::timestamptz
          AND h.office = ANY ($2::text[]) AND h.received_on <= $4::date
          AND (h.quiet_since IS NULL OR h.quiet_since >= $3::date)
        ORDER BY h.received_on, h.case_id`,
      [asOf, offices, from, to],
    );
    return rows.map(({ facts }) => facts);
  }

  /** Of these cases, those that are restricted to others: counted like any other, and not named. */
  async hidden(caseIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await this.unitOfWork.manager.query(
      `SELECT id FROM unnest($1::uuid[]) AS id WHERE id = ANY ((SELECT hidden_cases())::uuid[])`,
      [caseIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The first day on which each office received an application, however long ago. */
  async firstReceipts(offices: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows: { office: string; first: string }[] = await this.unitOfWork.manager.query(
      `SELECT office, min(received_on)::text AS first FROM review_history
        WHERE recorded_to IS NULL AND office = ANY ($1::text[]) GROUP BY office`,
      [offices],
    );
    return new Map(rows.map(({ office, first }) => [office, first]));
  }

  /** The newest instant, not after `now`, up to which everything that was recorded is counted. */
  async completeUpTo(now: Date): Promise<Date> {
    const [row]: { instant: Date }[] = await this.unitOfWork.manager.query(
      `SELECT least($1::timestamptz,
                (SELECT recorded_at FROM event_log
                  WHERE position > coalesce((SELECT position FROM projection_checkpoint WHERE name = $2), 0)
                  ORDER BY position LIMIT 1) - interval '1 millisecond',
                (SELECT recorded_at FROM event_log WHERE position IS NULL ORDER BY seq LIMIT 1) - interval '1 millisecond'
              ) AS instant`,
      [now, REVIEW_FIGURES],
    );
    return row?.instant ?? now;
  }

  /** The holiday calendar that was in use at the instant. */
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
}
