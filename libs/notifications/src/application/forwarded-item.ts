import { Injectable } from '@nestjs/common';
import { ContentStore, isUnavailable, PermanentFailure, UnitOfWork } from '@app/platform';
import type { MailFile } from './mail-transport';

/** An item of the intake ledger as files that go along with a forward. */
@Injectable()
export class ForwardedItem {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly content: ContentStore,
  ) {}

  /**
   * A mail goes as received. Of other channels only the letter and its files go: their raw form also holds what stays
   * with the office (adjustments, monitoring answers, contact details).
   * @throws PermanentFailure when what was received is not there, or harmful
   */
  async files(office: string, itemId: string): Promise<MailFile[]> {
    const [item]: { source: string; channel: string; sha256: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT source, channel, sha256 FROM intake_item WHERE id = $1 AND office = $2`,
      [itemId, office],
    );
    if (!item) throw new PermanentFailure('the item that goes along is not in the ledger');
    await this.requireHarmless(office, itemId);
    const isMail = item.channel === 'email' && (item.source === 'smtp' || item.source === 'import');
    if (!isMail) return this.letter(office, itemId);
    const content = await this.read(office, item.sha256);
    return [{ filename: 'original-message.eml', contentType: 'message/rfc822', content }];
  }

  /** Files of our own that were queued with a message. @throws PermanentFailure when one is not there */
  async own(office: string, outgoingMessageId: string): Promise<MailFile[]> {
    const rows: { filename: string; content_type: string; sha256: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT a.filename, a.content_type, a.sha256 FROM message_attachment a JOIN case_message m ON m.id = a.message_id
        WHERE m.outgoing_message_id = $1 AND m.direction = 'outbound' AND a.office = $2 ORDER BY a.filename, a.id`,
      [outgoingMessageId, office],
    );
    const files: MailFile[] = [];
    for (const { filename, content_type: contentType, sha256 } of rows) {
      files.push({ filename, contentType, content: await this.read(office, sha256) });
    }
    return files;
  }

  /** Forwarding refuses such a case. Between that and the delivery a newer scan may have found something. */
  private async requireHarmless(office: string, itemId: string): Promise<void> {
    const found: unknown[] = await this.unitOfWork.manager.query(
      `SELECT FROM message_attachment a JOIN case_message m ON m.id = a.message_id
        WHERE m.intake_item_id = $1 AND a.office = $2 AND a.scan_status = 'infected' LIMIT 1`,
      [itemId, office],
    );
    if (found.length > 0) throw new PermanentFailure('a file of the item that goes along contains something harmful');
  }

  private async letter(office: string, itemId: string): Promise<MailFile[]> {
    const [message]: { id: string; subject: string; text: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, subject, text FROM case_message
        WHERE intake_item_id = $1 AND office = $2 AND direction = 'inbound' ORDER BY at, id LIMIT 1`,
      [itemId, office],
    );
    if (!message) throw new PermanentFailure('the item that goes along is not on a case yet');
    const files: MailFile[] = [
      {
        filename: 'original-message.txt',
        contentType: 'text/plain; charset=utf-8',
        content: Buffer.from(`${message.subject}\n\n${message.text}\n`),
      },
    ];
    const attached: { filename: string; content_type: string; sha256: Buffer }[] = await this.unitOfWork.manager.query(
      `SELECT filename, content_type, sha256 FROM message_attachment
        WHERE message_id = $1 AND office = $2 ORDER BY filename, id`,
      [message.id, office],
    );
    for (const file of attached) {
      files.push({
        filename: file.filename,
        contentType: file.content_type,
        content: await this.read(office, file.sha256),
      });
    }
    return files;
  }

  private async read(office: string, digest: Buffer): Promise<Buffer> {
    try {
      return await this.content.read(office, digest);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      throw new PermanentFailure('the content of the item that goes along cannot be read', { cause: error });
    }
  }
}
