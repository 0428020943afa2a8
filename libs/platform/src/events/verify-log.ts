import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CHAIN_START, chainHash, type JsonObject } from '@app/kernel';
import { UnitOfWork } from '../persistence/unit-of-work';

export interface LogVerification {
  readonly ok: boolean;
  readonly streams: number;
  readonly events: number;
  readonly seals: number;
  /** The first thing wrong, in words; null when ok. */
  readonly firstBroken: string | null;
}

interface ChainRow {
  seq: string;
  id: string;
  stream: string;
  version: number;
  type: string;
  schema_version: number;
  office: string | null;
  data: JsonObject;
  metadata: JsonObject;
  effective_at: Date;
  recorded_at: Date;
  hash: Buffer;
}

/** Recomputes the hash chain of every stream, compares heads, positions and daily seals. */
@Injectable()
export class LogVerifier {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async verify(): Promise<LogVerification> {
    return this.unitOfWork.run(async (manager) => {
      await manager.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
      await manager.query(`SET LOCAL statement_timeout = 0`);
      let events = 0;
      let streams = 0;
      let after: { stream: string; version: number } = { stream: '', version: 0 };
      let previous: Buffer = CHAIN_START;
      const done = (firstBroken: string | null, seals = 0): LogVerification => ({
        ok: firstBroken === null,
        streams,
        events,
        seals,
        firstBroken,
      });
      for (;;) {
        const rows: ChainRow[] = await manager.query(
          `SELECT seq, id, stream, version, type, schema_version, office, data, metadata, effective_at, recorded_at, hash
             FROM event_log
            WHERE (stream, version) > ($1, $2) ORDER BY stream, version LIMIT 2000`,
          [after.stream, after.version],
        );
        if (rows.length === 0) break;
        for (const row of rows) {
          const isNewStream = row.stream !== after.stream;
          if (isNewStream) {
            streams += 1;
            previous = CHAIN_START;
          }
          const expectedVersion = isNewStream ? 1 : after.version + 1;
          if (row.version !== expectedVersion) {
            return done(
              `stream ${row.stream}: version ${String(expectedVersion)} is missing before ${String(row.version)}`,
            );
          }
          const hash = chainHash(previous, { ...row, schemaVersion: row.schema_version });
          if (!hash.equals(row.hash))
            return done(`stream ${row.stream} version ${String(row.version)}: hash does not match`);
          if (!repeatsMetadata(row))
            return done(`stream ${row.stream} version ${String(row.version)}: its columns differ from what was hashed`);
          previous = hash;
          after = { stream: row.stream, version: row.version };
          events += 1;
        }
      }
      return done(...(await this.headsAndSeals()));
    });
  }

  /** Root over the last hash of every stream up to `position`: what the daily seal keeps. */
  async rootAt(position: number): Promise<{ root: Buffer; streams: number; events: number }> {
    const [row]: { root: string; streams: string; events: string }[] = await this.unitOfWork.manager.query(
      `SELECT coalesce(encode(sha256(string_agg(convert_to(stream || ' ' || version || ' ' || encode(hash, 'hex') || E'\\n', 'UTF8'), ''::bytea ORDER BY stream COLLATE "C")), 'hex'), '') AS root,
              count(*) AS streams, coalesce(sum(version), 0) AS events
         FROM (SELECT DISTINCT ON (stream) stream, version, hash FROM event_log
                WHERE position <= $1 ORDER BY stream, version DESC) heads`,
      [position],
    );
    const root = row?.root ? Buffer.from(row.root, 'hex') : createHash('sha256').digest();
    return { root, streams: Number(row?.streams ?? 0), events: Number(row?.events ?? 0) };
  }

  private async headsAndSeals(): Promise<[string | null, number]> {
    const manager = this.unitOfWork.manager;
    const heads: { stream: string }[] = await manager.query(
      `SELECT h.stream FROM stream_head h
         LEFT JOIN event_log e ON e.stream = h.stream AND e.version = h.version
        WHERE e.hash IS DISTINCT FROM h.hash
       UNION ALL
       SELECT e.stream FROM event_log e
        WHERE e.version = 1 AND NOT EXISTS (SELECT FROM stream_head h WHERE h.stream = e.stream) LIMIT 1`,
    );
    if (heads[0]) return [`stream ${heads[0].stream}: its last event is not the one its head names`, 0];
    const [gap]: { events: string; head: string }[] = await manager.query(
      `SELECT count(*) AS events, coalesce(max(position), 0) AS head FROM event_log WHERE position IS NOT NULL`,
    );
    if (gap && gap.events !== gap.head) {
      return [`${gap.events} numbered events, but the last position is ${gap.head}`, 0];
    }
    const seals: { day: string; position: string; events: string; root: Buffer }[] = await manager.query(
      `SELECT day::text, position, events, root FROM log_seal ORDER BY day`,
    );
    for (const seal of seals) {
      const now = await this.rootAt(Number(seal.position));
      if (!now.root.equals(seal.root))
        return [`the seal of ${seal.day} does not match: a stream or a tail was removed`, 0];
    }
    return [null, seals.length];
  }
}

/** Office and times stand in columns of their own for searching; the hash covers them as part of the metadata. */
function repeatsMetadata({ office, effective_at, recorded_at, metadata }: ChainRow): boolean {
  return (
    office === metadata.office &&
    effective_at.toISOString() === metadata.effectiveAt &&
    recorded_at.toISOString() === metadata.recordedAt
  );
}
