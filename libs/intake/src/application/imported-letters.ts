import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CaseChanges, CaseOpener, type CorrespondentDetails } from '@app/casework';
import { Clock, londonDate } from '@app/kernel';
import { Offices } from '@app/offices';
import { BulkInsert, ContentStore, UnitOfWork, byteaText, sha256 } from '@app/platform';

/** A letter that another system had: received and acknowledged there. */
export interface ImportedLetter {
  readonly office: string;
  readonly receivedAt: Date;
  /** When the other system says that it was acknowledged; null: not that anybody knows. */
  readonly acknowledgedAt: Date | null;
  readonly subject: string;
  readonly body: string;
  readonly correspondent: CorrespondentDetails;
}

/** Takes letters over from another system as cases. Nothing goes out for them: whoever wrote has heard of us already. */
@Injectable()
export class ImportedLetters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly opener: CaseOpener,
    private readonly changes: CaseChanges,
    private readonly offices: Offices,
    private readonly content: ContentStore,
    private readonly clock: Clock,
  ) {}

  /** In the open transaction: with the ledger entry, so that what came in is accounted for. */
  async open(letter: ImportedLetter): Promise<{ readonly caseId: string; readonly reference: string }> {
    const { receivedAt, acknowledgedAt, subject, body, correspondent } = letter;
    const office = await this.offices.get(letter.office);
    const itemId = randomUUID();
    const raw = Buffer.from(JSON.stringify({ receivedAt, acknowledgedAt, subject, body, correspondent }));
    const digest = sha256(raw);
    const bulk = new BulkInsert();
    this.content.addTo(bulk, [await this.content.prepare(office.id, raw, digest)]);
    const message = {
      ...{ id: randomUUID(), channel: 'letter', at: receivedAt, subject, text: body, itemId },
      ...{ fromName: correspondent.name, fromAddress: correspondent.email, toAddresses: [], attachments: [] },
      ...{ freshText: null, html: null, mailKind: null, mailMessageId: null, problems: [] },
    };
    const prepared = await this.opener.prepare(
      office,
      // Held: nobody is written to by a machine because a list was read in.
      [{ message, correspondent, answerable: true, mayAcknowledge: false, closeReason: null, spamScore: null }],
      bulk,
    );
    bulk.add('intake_item', {
      ...{ id: itemId, office: office.id, source: 'import', mailbox: 'import', channel: 'letter' },
      ...{ sha256: byteaText(digest), size_bytes: raw.length, envelope_to: [] },
      ...{ received_at: receivedAt, received_on: londonDate(receivedAt) },
      ...{ outcome: 'case-opened', case_id: prepared[0]?.caseId, filed_at: this.clock.now() },
    });
    const [opened] = await this.opener.open(office, prepared, bulk);
    await bulk.run(this.unitOfWork.manager);
    if (!opened) throw new Error('No case was opened');
    const { id: caseId, reference } = opened.state;
    if (acknowledgedAt !== null) {
      await this.changes.byId(caseId, (caseFile) => caseFile.acknowledge(null, false, acknowledgedAt));
    }
    return { caseId, reference };
  }
}
