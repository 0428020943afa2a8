import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { commitment } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { KeptText } from '../domain/case-inputs';

const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST_CODE = 40;

/** Free-text reasons: kept in a side table, so that erasure leaves the event chain intact. */
@Injectable()
export class CaseTexts {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async keep(office: string, caseId: string, text: string): Promise<KeptText> {
    const reasonId = randomUUID();
    const salt = randomBytes(16);
    await this.unitOfWork.manager.query(
      `INSERT INTO private_text (id, office, case_id, salt, text) VALUES ($1, $2, $3, $4, $5)`,
      [reasonId, office, caseId, salt, text],
    );
    return { reasonId, reasonCommitment: commitment(salt, text) };
  }

  /** A code such as `answered` may stand in the log; anything else is kept as words, and its code is `other`. */
  async codeOrWords(office: string, caseId: string, reason: string): Promise<{ code: string; words: KeptText | null }> {
    if (reason.length <= LONGEST_CODE && CODE.test(reason)) return { code: reason, words: null };
    return { code: 'other', words: await this.keep(office, caseId, reason) };
  }
}
