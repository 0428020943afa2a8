import { Injectable } from '@nestjs/common';
import { CaseLetters, CaseRepository, CaseSettings } from '@app/casework';
import type { JsonObject } from '@app/kernel';
import type { MessageTemplate } from '@app/notifications';
import type { Letterhead } from '../domain/letter-document';
import type { DocumentCase } from './document-cases';

/** What a letter of a case is made of besides its words. */
@Injectable()
export class CaseFields {
  constructor(
    private readonly cases: CaseRepository,
    private readonly letters: CaseLetters,
    private readonly settings: CaseSettings,
  ) {}

  /** The merge fields that every template may ask for, as this case has them; null where it has none. */
  async of({ id }: DocumentCase): Promise<JsonObject> {
    return this.letters.values(await this.cases.load(id));
  }

  async letterhead(office: string): Promise<Letterhead> {
    const { name, address, mailboxes, telephone } = await this.settings.office(office);
    return { name, addressLines: address, email: mailboxes[0] ?? null, telephone };
  }

  /** @throws InvalidCaseInput when the office has no such template today */
  async template(key: string, office: string): Promise<MessageTemplate & { readonly name: string }> {
    return (await this.settings.template(key, office)).data;
  }

  today(): string {
    return this.settings.today();
  }
}
