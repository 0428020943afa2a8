import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, type JsonObject } from '@app/kernel';
import { Timers, UnitOfWork } from '@app/platform';
import { draftId, draftLinkId, draftSendKey, isDraftToken, newDraftToken, seal, unseal } from '../domain/draft-seal';
import type { GivenAttachment } from './log-correspondence';

export const FORGET_DRAFT = 'intake.forget-contact-draft';

/** contract.md, Limits. */
export const MOST_DRAFT_FILES = 20;
export const MOST_DRAFT_BYTES = 30 * 1024 * 1024;

/** WCAG 2.2, 2.2.1: a limit of more than twenty hours needs no way to extend it. */
const KEPT_MS = 24 * 60 * 60_000;

export interface DraftFile {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
}

export interface ContactDraft {
  readonly content: JsonObject;
  readonly files: readonly DraftFile[];
}

interface FileRow {
  id: string;
  size_bytes: string;
  sealed_name: Buffer;
}

/**
 * Letters between the pages of the contact form, for a day after their last change. Rows are sealed with the token
 * that only the writer's browser has: an abandoned letter cannot be read here, in a backup or after its time.
 */
@Injectable()
export class ContactDrafts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly timers: Timers,
    private readonly clock: Clock,
  ) {}

  /** Answers the token that the browser is to keep. */
  async begin(content: JsonObject): Promise<string> {
    const token = newDraftToken();
    await this.unitOfWork.run(async (manager) => {
      await manager.query(`INSERT INTO contact_draft (id, sealed, created_at, expires_at) VALUES ($1, $2, $3, $4)`, [
        draftId(token),
        sealedJson(token, content),
        this.clock.now(),
        this.expiry(),
      ]);
      await this.setTimer(token);
    });
    return token;
  }

  /** Null when it was never there, was forgotten or its time is over. */
  async find(token: string): Promise<ContactDraft | null> {
    if (!isDraftToken(token)) return null;
    return this.unitOfWork.run(async (manager) => {
      const [row]: { sealed: Buffer }[] = await manager.query(
        `SELECT sealed FROM contact_draft WHERE id = $1 AND expires_at > $2`,
        [draftId(token), this.clock.now()],
      );
      if (!row) return null;
      const files: FileRow[] = await manager.query(
        `SELECT id, size_bytes, sealed_name FROM contact_draft_file WHERE draft_id = $1 ORDER BY ordinal`,
        [draftId(token)],
      );
      return { content: openedJson(token, row.sealed), files: files.map((file) => toFile(token, file)) };
    });
  }

  /** Changes what is written, with the row locked: two pages sent at once both count. False when it is gone. */
  async change(token: string, change: (content: JsonObject) => JsonObject): Promise<boolean> {
    return this.unitOfWork.run(async (manager) => {
      const sealed = await this.lock(token);
      if (sealed === null) return false;
      // A letter that was saved for longer keeps its longer time.
      const [[changed]]: [{ expires_at: Date }[], number] = await manager.query(
        `UPDATE contact_draft SET sealed = $2, expires_at = greatest(expires_at, $3) WHERE id = $1 RETURNING expires_at`,
        [draftId(token), sealedJson(token, change(openedJson(token, sealed))), this.expiry()],
      );
      await this.setTimer(token, changed?.expires_at);
      return true;
    });
  }

  /**
   * Keeps it for so long from now and answers the secret of a link that leads to it once, in any browser; an earlier
   * link leads nowhere any more. Null when it is gone.
   */
  async link(token: string, keptMs: number): Promise<string | null> {
    return this.unitOfWork.run(async (manager) => {
      if ((await this.lock(token)) === null) return null;
      const now = this.clock.now();
      const until = new Date(now.getTime() + keptMs);
      const secret = newDraftToken();
      const id = draftId(token);
      await manager.query(`UPDATE contact_draft SET expires_at = greatest(expires_at, $2) WHERE id = $1`, [id, until]);
      await manager.query(`DELETE FROM contact_draft_link WHERE draft_id = $1`, [id]);
      await manager.query(
        `INSERT INTO contact_draft_link (id, draft_id, sealed, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
        [draftLinkId(secret), id, seal(secret, Buffer.from(token)), now, until],
      );
      await this.setTimer(token, until);
      return secret;
    });
  }

  /** The token of the letter that a link leads to, which it does once; null for a link that leads nowhere. */
  async openLink(secret: string): Promise<string | null> {
    if (!isDraftToken(secret)) return null;
    return this.unitOfWork.run(async (manager) => {
      const [[row]]: [{ sealed: Buffer }[], number] = await manager.query(
        `DELETE FROM contact_draft_link WHERE id = $1 AND expires_at > $2 RETURNING sealed`,
        [draftLinkId(secret), this.clock.now()],
      );
      return row ? unseal(secret, row.sealed).toString() : null;
    });
  }

  /** Adds files as far as the limits go: all of them or none. */
  async addFiles(token: string, files: readonly GivenAttachment[]): Promise<'added' | 'too-much' | 'gone'> {
    return this.unitOfWork.run(async (manager) => {
      if ((await this.lock(token)) === null) return 'gone';
      const [had]: { number: string; bytes: string }[] = await manager.query(
        `SELECT count(*) AS number, coalesce(sum(size_bytes), 0) AS bytes FROM contact_draft_file WHERE draft_id = $1`,
        [draftId(token)],
      );
      const bytes = files.reduce((sum, { content }) => sum + content.length, Number(had?.bytes ?? 0));
      if (Number(had?.number ?? 0) + files.length > MOST_DRAFT_FILES || bytes > MOST_DRAFT_BYTES) return 'too-much';
      for (const { filename, contentType, content } of files) {
        await manager.query(
          `INSERT INTO contact_draft_file (id, draft_id, size_bytes, sealed_name, sealed_content)
           VALUES ($1, $2, $3, $4, $5)`,
          [
            randomUUID(),
            draftId(token),
            content.length,
            sealedJson(token, { filename, contentType }),
            seal(token, content),
          ],
        );
      }
      return 'added';
    });
  }

  async removeFile(token: string, fileId: string): Promise<void> {
    if (!isDraftToken(token)) return;
    await this.unitOfWork.run((manager) =>
      manager.query(`DELETE FROM contact_draft_file WHERE draft_id = $1 AND id::text = $2`, [draftId(token), fileId]),
    );
  }

  /** The files with what is in them, to be sent. */
  async attachments(token: string): Promise<GivenAttachment[]> {
    return this.unitOfWork.run(async (manager) => {
      const rows: (FileRow & { sealed_content: Buffer })[] = await manager.query(
        `SELECT id, size_bytes, sealed_name, sealed_content FROM contact_draft_file WHERE draft_id = $1 ORDER BY ordinal`,
        [draftId(token)],
      );
      return rows.map((row) => {
        const { filename, contentType } = toFile(token, row);
        return { filename, contentType, content: unseal(token, row.sealed_content) };
      });
    });
  }

  /** What makes a second sending of the same draft a repeat of the first. */
  sendKey(token: string): string {
    return draftSendKey(token);
  }

  /** It was sent: only the receipt stays, so that the way back in the browser leads to it and not to a second letter. */
  async finish(token: string, receipt: JsonObject): Promise<void> {
    await this.change(token, () => receipt);
    await this.unitOfWork.run((manager) =>
      manager.query(`DELETE FROM contact_draft_file WHERE draft_id = $1`, [draftId(token)]),
    );
  }

  /** The writer wants nothing of it kept. */
  async forget(token: string): Promise<void> {
    if (!isDraftToken(token)) return;
    await this.unitOfWork.run(async (manager) => {
      await manager.query(`DELETE FROM contact_draft WHERE id = $1`, [draftId(token)]);
      await this.timers.cancel(FORGET_DRAFT, draftId(token).toString('hex'));
    });
  }

  private async lock(token: string): Promise<Buffer | null> {
    if (!isDraftToken(token)) return null;
    const [row]: { sealed: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT sealed FROM contact_draft WHERE id = $1 AND expires_at > $2 FOR UPDATE`,
      [draftId(token), this.clock.now()],
    );
    return row?.sealed ?? null;
  }

  private setTimer(token: string, dueAt = this.expiry()): Promise<void> {
    const subject = draftId(token).toString('hex');
    return this.timers.set({ kind: FORGET_DRAFT, office: null, subject, dueAt });
  }

  private expiry(): Date {
    return new Date(this.clock.now().getTime() + KEPT_MS);
  }
}

function toFile(token: string, { id, size_bytes, sealed_name }: FileRow): DraftFile {
  const { filename, contentType } = openedJson(token, sealed_name) as { filename: string; contentType: string };
  return { id, filename, contentType, sizeBytes: Number(size_bytes) };
}

function sealedJson(token: string, value: JsonObject): Buffer {
  return seal(token, Buffer.from(JSON.stringify(value)));
}

function openedJson(token: string, sealed: Buffer): JsonObject {
  return JSON.parse(unseal(token, sealed).toString()) as JsonObject;
}
