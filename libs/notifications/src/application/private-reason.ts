import { randomBytes, randomUUID } from 'node:crypto';
import { commitment } from '@app/kernel';
import type { UnitOfWork } from '@app/platform';

/** What an event says of a reason in a person's words: where it is kept, and a salted commitment to it. */
export interface PrivateReason {
  readonly reasonId: string;
  readonly reasonCommitment: string;
}

/** Keeps the words beside the event log, so that erasure can take them and leave the chain intact. */
export async function keepReason(
  unitOfWork: UnitOfWork,
  about: { readonly office: string; readonly caseId: string | null },
  text: string,
): Promise<PrivateReason> {
  const [reasonId, salt] = [randomUUID(), randomBytes(16)];
  await unitOfWork.manager.query(
    `INSERT INTO private_text (id, office, case_id, salt, text) VALUES ($1, $2, $3, $4, $5)`,
    [reasonId, about.office, about.caseId, salt, text],
  );
  return { reasonId, reasonCommitment: commitment(salt, text) };
}
