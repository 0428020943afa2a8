import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { addMessageRows, addRiskAlert, CaseRepository, CaseSettings, type StoredAttachment } from '@app/casework';
import { Clock, londonDate } from '@app/kernel';
import {
  BulkInsert,
  byteaText,
  ContentStore,
  Idempotency,
  sha256,
  UnitOfWork,
  type ContentRow,
  type IdempotentRequest,
} from '@app/platform';
import { safeFilename } from '../mail/safe-filename';
import type { GivenAttachment } from './log-correspondence';

/** What the sender of a case adds to it while following it. */
export interface SenderMessage {
  readonly office: string;
  readonly caseId: string;
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly GivenAttachment[];
  readonly idempotency: IdempotentRequest;
}

/** Whom the message is from, as the case knows them. */
export interface KnownSender {
  readonly name: string | null;
  readonly email: string | null;
}

/** Puts what a sender adds on the case through the ledger, like any other item: raw item, entry, message and event at once. */
@Injectable()
export class SenderMessages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly content: ContentStore,
    private readonly idempotency: Idempotency,
    private readonly repository: CaseRepository,
    private readonly settings: CaseSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * In the open transaction or its own. `before` is done first, but not for a repeat. Answers whether it was new.
   * @throws CaseNotFound
   */
  async add(
    message: SenderMessage,
    sender: KnownSender,
    before: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<boolean> {
    const { office, caseId, subject, body } = message;
    const now = this.clock.now();
    const { stored, contents } = await this.store(office, message.attachments);
    const hashes = stored.map(({ filename, sha256: digest }) => ({ filename, sha256: digest.toString('hex') }));
    const raw = Buffer.from(
      JSON.stringify({ channel: 'web-form', receivedAt: now, caseId, subject, body, sender, files: hashes }),
    );
    const digest = sha256(raw);
    contents.push(await this.content.prepare(office, raw, digest));
    return this.unitOfWork.run(async (manager) => {
      if ((await this.idempotency.claim([message])).size === 0) return false;
      await before();
      const caseFile = await this.repository.load(caseId);
      const { category, channel, riskLevel } = caseFile.snapshot();
      const risk = await this.settings.screenRisk({ subject: '', body }, office);
      const [messageId, itemId] = [randomUUID(), randomUUID()];
      caseFile.fileMessage(
        {
          messageId,
          itemId,
          mailKind: 'person',
          senderOnCase: true,
          receivedAt: now.toISOString(),
          riskLevel: risk.level,
        },
        await this.settings.clocks(category, channel, office, this.settings.today()),
        await this.settings.counter(),
        randomUUID,
        now,
      );
      const bulk = new BulkInsert();
      this.content.addTo(bulk, contents);
      bulk.add('intake_item', {
        id: itemId,
        office,
        source: 'web-form',
        mailbox: 'follow-my-case',
        channel: 'web-form',
        sha256: byteaText(digest),
        size_bytes: raw.length,
        envelope_to: [],
        received_at: now,
        received_on: londonDate(now),
        outcome: 'filed-on-case',
        case_id: caseId,
        filed_at: now,
      });
      const shown = {
        freshText: null,
        html: null,
        mailKind: 'person',
        mailMessageId: null,
        toAddresses: [],
        problems: [],
      };
      addMessageRows(
        bulk,
        office,
        caseId,
        {
          ...shown,
          id: messageId,
          channel: 'web-form',
          at: now,
          fromName: sender.name,
          fromAddress: sender.email,
          subject,
          text: body,
          itemId,
          attachments: stored,
        },
        true,
      );
      if (risk.level !== 'none') addRiskAlert(bulk, { id: caseId, office, riskLevel: risk.level }, risk.reasons, now);
      await bulk.run(manager);
      await this.repository.save(caseFile);
      if (risk.level !== 'none' && riskLevel === 'none') {
        await manager.query(`UPDATE case_file SET risk_reasons = $2 WHERE id = $1`, [
          caseId,
          JSON.stringify(risk.reasons),
        ]);
      }
      return true;
    });
  }

  private async store(
    office: string,
    files: readonly GivenAttachment[],
  ): Promise<{ stored: StoredAttachment[]; contents: ContentRow[] }> {
    const stored: StoredAttachment[] = [];
    const contents = new Map<string, ContentRow>();
    for (const [index, { filename, contentType, content }] of files.entries()) {
      const digest = sha256(content);
      const row = await this.content.prepare(office, content, digest);
      contents.set(row.sha256, row);
      stored.push({
        filename: safeFilename(filename, contentType, index + 1),
        contentType,
        sizeBytes: content.length,
        sha256: digest,
        contentId: null,
        isInline: false,
      });
    }
    return { stored, contents: [...contents.values()] };
  }
}
