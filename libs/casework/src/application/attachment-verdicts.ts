import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { CaseChanges } from './case-changes';

/** What the virus scanner says of a content. */
export interface ScanVerdict {
  readonly status: 'clean' | 'infected' | 'too-large';
  /** The scanner's name of what it found. */
  readonly finding: string | null;
}

interface WaitingContent extends ScanVerdict {
  readonly office: string;
  readonly sha256: Buffer;
  readonly is_fresh: boolean;
}

const ADOPTED_AT_ONCE = 100;
/** A content that the scanner would not take is offered again: its limit may have been raised. */
const TOO_LARGE_AGAIN = '1 day';

/** Hands the scanner's verdict on a content to the files that hold it, as a system caller. Done twice, it is done once. */
@Injectable()
export class AttachmentVerdicts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly changes: CaseChanges,
  ) {}

  async apply(office: string, sha256: Buffer, verdict: ScanVerdict): Promise<void> {
    await this.mark(office, sha256, verdict);
    // Last: until then the content is due again after a crash.
    await this.unitOfWork.run((manager) =>
      manager.query(
        `UPDATE stored_content
            SET scan_status = $3, scan_finding = $4, scanned_at = clock_timestamp(), scan_attempts = 0,
                scan_after = clock_timestamp() + $5::interval
          WHERE office = $1 AND sha256 = $2`,
        [office, sha256, verdict.status, verdict.finding, TOO_LARGE_AGAIN],
      ),
    );
  }

  /**
   * Gives files whose content is known the verdict on it. A verdict of more than a day ago is no longer relied on for a
   * new file: signatures change daily. Answers how many contents that were.
   */
  async adopt(): Promise<number> {
    const waiting: WaitingContent[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT DISTINCT s.office, s.sha256, s.scan_status AS status, s.scan_finding AS finding,
                s.scan_status = 'infected' OR s.scanned_at > clock_timestamp() - interval '1 day' AS is_fresh
           FROM message_attachment a JOIN stored_content s ON s.office = a.office AND s.sha256 = a.sha256
          WHERE a.scan_status = 'unscanned' AND s.scan_status <> 'unscanned' LIMIT $1`,
        [ADOPTED_AT_ONCE],
      ),
    );
    for (const { office, sha256, is_fresh: isFresh, ...verdict } of waiting) {
      if (isFresh) await this.mark(office, sha256, verdict);
      else await this.scanAgain(office, sha256);
    }
    return waiting.length;
  }

  private async scanAgain(office: string, sha256: Buffer): Promise<void> {
    await this.unitOfWork.run((manager) =>
      manager.query(
        `UPDATE stored_content SET scan_status = 'unscanned', scan_after = clock_timestamp()
          WHERE office = $1 AND sha256 = $2 AND scan_status IN ('clean', 'too-large')`,
        [office, sha256],
      ),
    );
  }

  private async mark(office: string, sha256: Buffer, { status, finding }: ScanVerdict): Promise<void> {
    if (status === 'infected') return this.markInfected(office, sha256, finding ?? 'unknown');
    await this.unitOfWork.run((manager) =>
      manager.query(
        `UPDATE message_attachment SET scan_status = $3, scan_finding = NULL, scanned_at = clock_timestamp()
          WHERE office = $1 AND sha256 = $2 AND scan_status <> $3`,
        [office, sha256, status],
      ),
    );
  }

  /** Case by case, the case locked first, as everybody who moves what is on it does. */
  private async markInfected(office: string, sha256: Buffer, finding: string): Promise<void> {
    const cases: { case_id: string }[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT DISTINCT case_id FROM message_attachment WHERE office = $1 AND sha256 = $2 AND scan_status <> 'infected'`,
        [office, sha256],
      ),
    );
    for (const { case_id: caseId } of cases) {
      await this.unitOfWork.run((manager) =>
        this.changes.byId(caseId, async (caseFile, { now }) => {
          const [marked]: [{ id: string; message_id: string }[]] = await manager.query(
            `UPDATE message_attachment SET scan_status = 'infected', scan_finding = $4, scanned_at = clock_timestamp()
              WHERE case_id = $1 AND office = $2 AND sha256 = $3 AND scan_status <> 'infected' RETURNING id, message_id`,
            [caseId, office, sha256, finding],
          );
          for (const { id, message_id: messageId } of marked) caseFile.findVirus(id, messageId, finding, now);
        }),
      );
    }
  }
}
