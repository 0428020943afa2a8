import { Injectable } from '@nestjs/common';
import { UnitOfWork, runAs, systemCaller } from '@app/platform';

/** What waits to be done, over all offices. */
export interface BacklogFigures {
  readonly outboxOpen: number;
  readonly outboxOldestSeconds: number;
  readonly outboxStopped: number;
  readonly eventsUnnumbered: number;
  readonly attentionOpen: number;
}

type BacklogRow = Record<'open' | 'oldest' | 'stopped' | 'unnumbered' | 'attention', string>;

const FRESH_MS = 1000;

/** Counts the backlog at most once a second, however many ask. */
@Injectable()
export class Backlog {
  #latest: { readonly figures: Promise<BacklogFigures | null>; readonly takenAt: number } | null = null;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null while the database is away. */
  figures(): Promise<BacklogFigures | null> {
    if (!this.#latest || Date.now() - this.#latest.takenAt > FRESH_MS) {
      this.#latest = { figures: this.count().catch(() => null), takenAt: Date.now() };
    }
    return this.#latest.figures;
  }

  /** As the system: counts of all offices together, from which nothing about a case can be read. */
  private async count(): Promise<BacklogFigures> {
    const [row]: BacklogRow[] = await runAs(systemCaller('figures'), () =>
      this.unitOfWork.run((manager): Promise<BacklogRow[]> =>
        manager.query(
          `SELECT count(*) FILTER (WHERE state = 'open') AS open,
                  coalesce(extract(epoch FROM clock_timestamp() - min(available_at)
                    FILTER (WHERE state = 'open' AND available_at < clock_timestamp())), 0) AS oldest,
                  count(*) FILTER (WHERE state = 'attention') AS stopped,
                  (SELECT count(*) FROM event_log WHERE position IS NULL) AS unnumbered,
                  (SELECT count(*) FROM needs_attention WHERE state = 'open') AS attention
             FROM outbox`,
        ),
      ),
    );
    return {
      outboxOpen: Number(row?.open),
      outboxOldestSeconds: Number(row?.oldest),
      outboxStopped: Number(row?.stopped),
      eventsUnnumbered: Number(row?.unnumbered),
      attentionOpen: Number(row?.attention),
    };
  }
}
