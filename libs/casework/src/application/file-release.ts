import { Injectable } from '@nestjs/common';
import { Config, UnitOfWork } from '@app/platform';
import { FileNotReleased } from '../domain/case.errors';

const NOT_FORWARDED: Readonly<Record<string, string>> = {
  unscanned: 'It cannot be passed on yet: what came with it is being checked for viruses. Try again in a moment.',
  infected: 'It cannot be passed on: it goes along as it was received, and that contains something harmful.',
  'too-large':
    'It cannot be passed on: it goes along as it was received, and that is too large to be checked for viruses.',
};

/** Says which files may leave the service. Without a scanner the reader is warned instead. */
@Injectable()
export class FileRelease {
  constructor(
    private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** True where a file stays inside until the scanner found nothing in it. */
  get isGuarded(): boolean {
    return this.config.clamdUrl !== null;
  }

  isReleased(scanStatus: string): boolean {
    // What was found harmful while there was a scanner is no less harmful without one.
    return this.isGuarded ? scanStatus === 'clean' : scanStatus !== 'infected';
  }

  /** @throws FileNotReleased unless all of them may go out */
  require(scanStatuses: readonly string[]): void {
    const kept = scanStatuses.filter((status) => !this.isReleased(status));
    if (kept.length === 0) return;
    throw new FileNotReleased(['infected', 'too-large'].find((grave) => kept.includes(grave)) ?? 'unscanned');
  }

  /** An item as it was received holds its files. @throws FileNotReleased */
  async requireItem(itemId: string): Promise<void> {
    this.require(await this.statusesOf(itemId));
  }

  /** @throws FileNotReleased saying what that means for passing the item on */
  async requireForwardable(itemId: string): Promise<void> {
    try {
      await this.requireItem(itemId);
    } catch (error) {
      if (!(error instanceof FileNotReleased)) throw error;
      throw new FileNotReleased(error.scanStatus, NOT_FORWARDED[error.scanStatus]);
    }
  }

  private async statusesOf(itemId: string): Promise<string[]> {
    const rows: { scan_status: string }[] = await this.unitOfWork.manager.query(
      `SELECT a.scan_status FROM message_attachment a JOIN case_message m ON m.id = a.message_id
        WHERE m.intake_item_id = $1
       UNION
       SELECT s.scan_status FROM intake_item i JOIN stored_content s ON s.office = i.office AND s.sha256 = i.sha256
        WHERE i.id = $1`,
      [itemId],
    );
    return rows.map((row) => row.scan_status);
  }
}
