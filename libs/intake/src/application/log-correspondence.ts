import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CaseOpener, type CorrespondentDetails, type OpenedCase, type StoredAttachment } from '@app/casework';
import { Clock, londonDate, type JsonObject } from '@app/kernel';
import { Offices } from '@app/offices';
import {
  BulkInsert,
  ContentStore,
  Idempotency,
  UnitOfWork,
  byteaText,
  sha256,
  type Caller,
  type ContentRow,
  type FirstAnswer,
  type IdempotentRequest,
} from '@app/platform';
import { safeFilename } from '../mail/safe-filename';
import { OfficeCommits } from './office-commits';

export interface GivenAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** An item logged by staff, a system or the public contact form. */
export interface Correspondence {
  readonly source: 'api' | 'web-form';
  readonly channel: string;
  readonly receivedAt: Date | null;
  readonly subject: string;
  readonly body: string;
  readonly correspondent: CorrespondentDetails;
  readonly attachments: readonly GivenAttachment[];
  readonly office: string;
  readonly caller: Caller;
  readonly idempotency: IdempotentRequest | null;
  /** Writes, in the same transaction, what must be stored with the case or not at all. Not called for a repeat. */
  readonly alongside?: (caseId: string) => Promise<void>;
}

interface Prepared extends Correspondence {
  readonly itemId: string;
  readonly messageId: string;
  readonly at: Date;
  readonly digest: Buffer;
  readonly sizeBytes: number;
  readonly contents: readonly ContentRow[];
  readonly stored: readonly StoredAttachment[];
}

/** Null: the same key came first elsewhere and its answer is to be read. */
type CommitResult = FirstAnswer | null;

/** Logs items as cases: raw item, ledger entry, case, events and outbox rows in one shared commit. */
@Injectable()
export class CorrespondenceLog {
  readonly #commits = new OfficeCommits<Prepared, CommitResult>((office, items) => this.commit(office, items));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly opener: CaseOpener,
    private readonly offices: Offices,
    private readonly content: ContentStore,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
  ) {}

  /** Resolves after the commit. @throws OfficeNotFound, IdempotencyKeyReused */
  async log(correspondence: Correspondence): Promise<FirstAnswer> {
    await this.offices.get(correspondence.office);
    const { idempotency } = correspondence;
    if (idempotency) {
      const first = await this.unitOfWork.run(() => this.idempotency.find(idempotency));
      if (first) return first;
    }
    const answer = await this.#commits.submit(correspondence.office, await this.prepare(correspondence));
    if (answer) return answer;
    const first = idempotency && (await this.unitOfWork.run(() => this.idempotency.find(idempotency)));
    if (!first) throw new Error('The first answer to a repeated request is missing');
    return first;
  }

  /** Resolves when nothing waits for a commit any more. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  private async prepare(correspondence: Correspondence): Promise<Prepared> {
    const { attachments, correspondent, channel, subject, body, office } = correspondence;
    const stored: StoredAttachment[] = [];
    const contents: ContentRow[] = [];
    for (const [index, { filename, contentType, content }] of attachments.entries()) {
      const digest = sha256(content);
      contents.push(await this.content.prepare(office, content, digest));
      stored.push({
        filename: safeFilename(filename, contentType, index + 1),
        contentType,
        sizeBytes: content.length,
        sha256: digest,
        contentId: null,
        isInline: false,
      });
    }
    const at = correspondence.receivedAt ?? this.clock.now();
    // The item as received: what was said, with its files named by their content.
    const raw = Buffer.from(
      JSON.stringify({
        channel,
        receivedAt: at,
        subject,
        body,
        correspondent,
        attachments: stored.map(({ contentType, sha256: digest }, index) => ({
          filename: attachments[index]?.filename,
          contentType,
          sha256: digest.toString('hex'),
        })),
      }),
    );
    const digest = sha256(raw);
    contents.unshift(await this.content.prepare(office, raw, digest));
    return {
      ...correspondence,
      itemId: randomUUID(),
      messageId: randomUUID(),
      at,
      digest,
      sizeBytes: raw.length,
      contents,
      stored,
    };
  }

  private async commit(officeId: string, items: readonly Prepared[]): Promise<CommitResult[]> {
    const office = await this.offices.get(officeId);
    return this.unitOfWork.run(async (manager) => {
      const first = await this.idempotency.claim(items);
      const fresh = items.filter((item) => first.has(item));
      const answers = new Map<Prepared, FirstAnswer>();
      if (fresh.length > 0) {
        const bulk = new BulkInsert();
        this.content.addTo(bulk, distinct(fresh.flatMap((item) => item.contents)));
        const prepared = await this.opener.prepare(
          office,
          fresh.map((item) => ({
            message: {
              id: item.messageId,
              channel: item.channel,
              at: item.at,
              fromName: item.correspondent.name,
              fromAddress: item.correspondent.email,
              toAddresses: [],
              subject: item.subject,
              text: item.body,
              freshText: null,
              html: null,
              mailKind: null,
              mailMessageId: null,
              problems: [],
              itemId: item.itemId,
              attachments: item.stored,
            },
            correspondent: item.correspondent,
            answerable: true,
            mayAcknowledge: true,
            closeReason: null,
            spamScore: null,
            caller: item.caller,
          })),
          bulk,
        );
        const now = this.clock.now();
        fresh.forEach((item, index) =>
          bulk.add('intake_item', {
            id: item.itemId,
            office: officeId,
            source: item.source,
            mailbox: item.source,
            channel: item.channel,
            sha256: byteaText(item.digest),
            size_bytes: item.sizeBytes,
            envelope_to: [],
            received_at: item.at,
            received_on: londonDate(item.at),
            outcome: 'case-opened',
            case_id: prepared[index]?.caseId,
            filed_at: now,
          }),
        );
        const opened = await this.opener.open(office, prepared, bulk);
        await bulk.run(manager);
        for (const [index, item] of fresh.entries()) await item.alongside?.(prepared[index]?.caseId ?? '');
        fresh.forEach((item, index) =>
          answers.set(item, { status: 201, response: answerOf(opened[index] as OpenedCase) }),
        );
        for (const [item, answer] of answers)
          if (item.idempotency) await this.idempotency.answer(item.idempotency, answer);
      }
      return items.map((item) => answers.get(item) ?? null);
    });
  }
}

function distinct(rows: readonly ContentRow[]): ContentRow[] {
  return [...new Map(rows.map((row) => [row.sha256, row])).values()];
}

/** What the caller of `POST /api/v1/correspondence` is told. */
function answerOf({ state, riskReasons }: OpenedCase): JsonObject {
  const self = `/api/v1/cases/${state.reference}`;
  const due = (clock: string): string | null =>
    state.deadlines.find((deadline) => deadline.clock === clock)?.dueOn ?? null;
  return {
    reference: state.reference,
    id: state.id,
    status: state.status,
    office: state.office,
    receivedAt: state.receivedAt.toISOString(),
    category: state.category,
    priority: state.priority,
    queue: state.queue,
    assignee: state.assignee,
    acknowledgeBy: due('acknowledge'),
    respondBy: due('reply'),
    updateBy: due('update'),
    risk: { level: state.riskLevel, reasons: riskReasons.map((reason) => ({ ...reason })) },
    version: state.version,
    links: { self, events: `${self}/events`, messages: `${self}/messages`, deadlines: `${self}/deadlines` },
  };
}
