import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { commitment, type FieldError } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { InvalidScrutinyInput } from '../domain/scrutiny.errors';
import type { KeptText } from '../domain/scrutiny-record';

const LONGEST = 10_000;

/** Texts in a person's words of one act: checked together with its other fields, written once it is accepted. */
export class ActTexts {
  readonly #errors: FieldError[] = [];
  readonly #rows: { readonly id: string; readonly salt: Buffer; readonly text: string }[] = [];

  /** A text that must say something. */
  required(field: string, text: string, message: string): KeptText {
    if (text.trim() === '') this.#errors.push({ pointer: `/${field}`, message });
    return this.keep(field, text);
  }

  /** Null where it says nothing. */
  optional(field: string, text: string | null): KeptText | null {
    return text === null || text.trim() === '' ? null : this.keep(field, text);
  }

  /** Runs the act; what is wrong with the texts is said together with what the act refuses. @throws InvalidScrutinyInput */
  check(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof InvalidScrutinyInput) || this.#errors.length === 0) throw error;
      throw new InvalidScrutinyInput([...error.errors, ...this.#errors]);
    }
    if (this.#errors.length > 0) throw new InvalidScrutinyInput(this.#errors);
  }

  get rows(): readonly { readonly id: string; readonly salt: Buffer; readonly text: string }[] {
    return this.#rows;
  }

  private keep(field: string, text: string): KeptText {
    if (text.length > LONGEST) {
      this.#errors.push({ pointer: `/${field}`, message: 'The text must have at most 10,000 characters' });
    }
    const row = { id: randomUUID(), salt: randomBytes(16), text: text.trim() };
    this.#rows.push(row);
    return { id: row.id, commitment: commitment(row.salt, row.text) };
  }
}

/** Reasons, comments and findings: beside the log, so that erasure leaves its chain intact. */
@Injectable()
export class ScrutinyTexts {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async write(office: string, caseId: string | null, texts: ActTexts): Promise<void> {
    if (texts.rows.length === 0) return;
    await this.unitOfWork.manager.query(
      `INSERT INTO private_text (id, office, case_id, salt, text)
       SELECT t.id, $1, $2, t.salt, t.text FROM unnest($3::uuid[], $4::bytea[], $5::text[]) AS t (id, salt, text)`,
      [
        office,
        caseId,
        texts.rows.map(({ id }) => id),
        texts.rows.map(({ salt }) => salt),
        texts.rows.map(({ text }) => text),
      ],
    );
  }

  /** The texts of these ids that the caller may see. */
  async read(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
    const wanted = ids.filter((id) => id !== null);
    if (wanted.length === 0) return new Map();
    const rows: { id: string; text: string }[] = await this.unitOfWork.manager.query(
      `SELECT id, text FROM private_text WHERE id = ANY ($1::uuid[])`,
      [wanted],
    );
    return new Map(rows.map(({ id, text }) => [id, text]));
  }
}
