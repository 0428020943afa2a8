import { Injectable } from '@nestjs/common';
import { AttachmentVerdicts, type ScanVerdict } from '@app/casework';
import { Offices } from '@app/offices';
import { ContentStore, UnitOfWork, runAs, systemCaller } from '@app/platform';
import { VirusScanner } from './virus-scanner';

const AT_ONCE = 4;
/** Longer than a scan may take: then another worker may try. */
const LEASE = '5 minutes';
/** While much waits, looking for what is known already would cost more than it finds. */
const ADOPTS_EVERY_MS = 1000;
const AWAY_FIRST_MS = 500;
const AWAY_LONGEST_MS = 30_000;

interface Claimed {
  readonly office: string;
  readonly sha256: Buffer;
}

/**
 * Asks the scanner about every content that is stored: files, and mails as they were received. A content is leased to one
 * worker, scanned outside any transaction, and its verdict handed to the files that hold it.
 */
@Injectable()
export class ScanContent {
  #away = { ms: 0, until: 0 };
  #adoptsFrom = 0;

  constructor(
    private readonly scanner: VirusScanner,
    private readonly verdicts: AttachmentVerdicts,
    private readonly content: ContentStore,
    private readonly offices: Offices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Answers how much was done. @throws Error when the scanner is away, once for each time that it was asked. */
  turn(): Promise<number> {
    return runAs(systemCaller('virus-scan'), async () => {
      const adopted = await this.adopt();
      if (Date.now() < this.#away.until) return adopted;
      if (!(await this.isWaiting())) return adopted;
      await this.requireScanner();
      const claimed = await this.claim();
      const results = await Promise.allSettled(claimed.map((each) => this.scan(each)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
      return adopted + claimed.length;
    });
  }

  private async adopt(): Promise<number> {
    if (Date.now() < this.#adoptsFrom) return 0;
    const adopted = await this.verdicts.adopt();
    if (adopted === 0) this.#adoptsFrom = Date.now() + ADOPTS_EVERY_MS;
    return adopted;
  }

  /** Nothing is taken while nobody can scan it: all of it is due at once when the scanner is back. */
  private async requireScanner(): Promise<void> {
    try {
      await this.scanner.ping();
      this.#away = { ms: 0, until: 0 };
    } catch (error) {
      const ms = Math.min(Math.max(this.#away.ms * 2, AWAY_FIRST_MS), AWAY_LONGEST_MS);
      this.#away = { ms, until: Date.now() + ms };
      throw error;
    }
  }

  private async isWaiting(): Promise<boolean> {
    const [row]: { waiting: boolean }[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT EXISTS (SELECT FROM stored_content
                         WHERE scan_status IN ('unscanned', 'too-large') AND scan_after <= clock_timestamp()) AS waiting`,
      ),
    );
    return row?.waiting === true;
  }

  /** The newest first: somebody may be waiting for it. Each failure doubles the wait for the next attempt. */
  private async claim(): Promise<Claimed[]> {
    const [rows]: [Claimed[]] = await this.unitOfWork.run((manager) =>
      manager.query(
        `UPDATE stored_content SET scan_attempts = scan_attempts + 1, scan_after = clock_timestamp() + $2::interval
          WHERE (office, sha256) IN (
            SELECT office, sha256 FROM stored_content
             WHERE scan_status IN ('unscanned', 'too-large') AND scan_after <= clock_timestamp()
             ORDER BY scan_after DESC LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING office, sha256`,
        [AT_ONCE, LEASE],
      ),
    );
    return rows;
  }

  private async scan({ office, sha256 }: Claimed): Promise<void> {
    try {
      const verdict = (await this.knownElsewhere(office, sha256)) ?? (await this.ask(office, sha256));
      await this.verdicts.apply(office, sha256, verdict);
    } catch (error) {
      await this.postpone(office, sha256);
      throw error;
    }
  }

  private async ask(office: string, sha256: Buffer): Promise<ScanVerdict> {
    const bytes = await this.unitOfWork.run(() => this.content.read(office, sha256));
    return this.scanner.scan(bytes);
  }

  /** What another office received today is not scanned again. */
  private async knownElsewhere(office: string, sha256: Buffer): Promise<ScanVerdict | null> {
    const others = (await this.offices.all()).map(({ id }) => id).filter((id) => id !== office);
    const [known]: ScanVerdict[] = await this.unitOfWork.run((manager) =>
      manager.query(
        `SELECT scan_status AS status, scan_finding AS finding FROM stored_content
          WHERE office = ANY ($1) AND sha256 = $2 AND scan_status IN ('clean', 'infected')
            AND scanned_at > clock_timestamp() - interval '1 day' LIMIT 1`,
        [others, sha256],
      ),
    );
    return known ?? null;
  }

  private async postpone(office: string, sha256: Buffer): Promise<void> {
    await this.unitOfWork.run((manager) =>
      manager.query(
        `UPDATE stored_content
            SET scan_after = clock_timestamp() + least(interval '1 hour', power(2, least(scan_attempts, 12)) * interval '1 second')
          WHERE office = $1 AND sha256 = $2`,
        [office, sha256],
      ),
    );
  }
}
