import { randomBytes, randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock, commitment } from '@app/kernel';
import { EventStore, UnitOfWork, currentCaller } from '@app/platform';
import { checkCorrespondent, CORRESPONDENT_FIELDS, type CorrespondentRecord } from '../../domain/correspondent';
import { CorrespondentChanged, CorrespondentNotFound, InvalidCorrespondent } from '../../domain/correspondent.errors';
import { CORRESPONDENT_COLUMNS } from '../queries/get-correspondent';
import { matchKey } from '../correspondents';

/** Corrects what is known of a correspondent. `version` is the one that the person saw. */
export class ChangeCorrespondent extends Command<void> {
  constructor(
    readonly id: string,
    readonly version: number,
    readonly record: CorrespondentRecord,
  ) {
    super();
  }
}

@CommandHandler(ChangeCorrespondent)
export class ChangeCorrespondentHandler implements ICommandHandler<ChangeCorrespondent> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /** @throws CorrespondentNotFound, InvalidCorrespondent, CorrespondentChanged */
  execute({ id, version, record }: ChangeCorrespondent): Promise<void> {
    const errors = checkCorrespondent(record);
    if (errors.length > 0) throw new InvalidCorrespondent(errors);
    return this.unitOfWork.run(async (manager) => {
      const [known]: (CorrespondentRecord & { office: string; version: number })[] = await manager.query(
        `SELECT p.office, ${CORRESPONDENT_COLUMNS},
                coalesce((SELECT h.version FROM stream_head h WHERE h.stream = 'correspondent-' || p.id), 0) AS version
           FROM correspondent p WHERE p.id::text = $1 AND p.office = ANY ($2) FOR UPDATE OF p`,
        [id, currentCaller().offices],
      );
      if (!known) throw new CorrespondentNotFound();
      if (known.version !== version) throw new CorrespondentChanged();
      const fields = CORRESPONDENT_FIELDS.filter((field) => known[field] !== record[field]);
      if (fields.length === 0) return;
      const key = await this.freeMatchKey(id, known.office, record);
      await manager.query(
        `UPDATE correspondent SET name = $2, organisation = $3, email = $4, phone = $5, postcode = $6, capacity = $7,
                preferred_channel = $8, adjustments = $9, safe_contact_note = $10, contact_restriction = $11,
                match_key = $12, updated_at = clock_timestamp() WHERE id = $1`,
        [id, ...CORRESPONDENT_FIELDS.map((field) => record[field]), key],
      );
      await this.record(id, known.office, version, fields, known, record);
    });
  }

  /** Later letters find this record by its address: it may not become the address of another one. */
  private async freeMatchKey(id: string, office: string, record: CorrespondentRecord): Promise<string | null> {
    const key = matchKey(record);
    if (key === null) return null;
    const taken: unknown[] = await this.unitOfWork.manager.query(
      `SELECT 1 FROM correspondent WHERE office = $1 AND match_key = $2 AND id <> $3`,
      [office, key, id],
    );
    if (taken.length === 0) return key;
    const field = record.email === null ? (record.phone === null ? 'postcode' : 'phone') : 'email';
    throw new InvalidCorrespondent([{ field, text: 'Another record of this office has these contact details' }]);
  }

  /** The event names the fields; their values stand in a private text, which erasure removes. */
  private async record(
    id: string,
    office: string,
    version: number,
    fields: readonly (keyof CorrespondentRecord)[],
    before: CorrespondentRecord,
    after: CorrespondentRecord,
  ): Promise<void> {
    const text = JSON.stringify(fields.map((field) => ({ field, before: before[field], after: after[field] })));
    const reasonId = randomUUID();
    const salt = randomBytes(16);
    await this.unitOfWork.manager.query(
      `INSERT INTO private_text (id, office, case_id, salt, text) VALUES ($1, $2, NULL, $3, $4)`,
      [reasonId, office, salt, text],
    );
    const data = { correspondentId: id, fields: [...fields], reasonId, reasonCommitment: commitment(salt, text) };
    const event = { type: 'casework.correspondent-changed', schemaVersion: 1, data, effectiveAt: this.clock.now() };
    await this.store.append([{ stream: `correspondent-${id}`, office, expectedVersion: version, events: [event] }]);
  }
}
