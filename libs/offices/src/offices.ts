import { Injectable } from '@nestjs/common';
import { Clock, DomainError, entriesInForce, isInForce, londonDate, type ConfigurationEntry } from '@app/kernel';
import { Configuration } from './configuration';

/** An office of a local policing body, as configured today. `code` names it in references. */
export interface Office {
  readonly id: string;
  /** Its place wherever offices are listed; the first is the home office of this installation. */
  readonly listOrder: number;
  readonly code: string;
  readonly name: string;
  readonly mailboxes: readonly string[];
  readonly telephone: string;
  /** Lines of the postal address. */
  readonly address: readonly string[];
  readonly openingHours: string;
  /** The police force that its commissioner holds to account. */
  readonly force: string;
}

type OfficeEntry = ConfigurationEntry<'office', Omit<Office, 'id'>>;

export class OfficeNotFound extends DomainError {
  readonly code = 'offices.not-found';
  readonly kind = 'invalid';
  constructor(office: string) {
    super('There is no such office.', {
      errors: [{ pointer: '/office', message: `there is no office ${office.slice(0, 40)}` }],
    });
  }
}

/** The offices that exist today. */
@Injectable()
export class Offices {
  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<readonly Office[]> {
    const entries = await this.configuration.entries<OfficeEntry>('office');
    const today = londonDate(this.clock.now());
    return entries
      .filter((entry) => isInForce(entry, today))
      .map(({ key, data }) => ({ id: key, ...data }))
      .sort((a, b) => a.listOrder - b.listOrder || (a.id < b.id ? -1 : 1));
  }

  /** @throws OfficeNotFound */
  async get(id: string): Promise<Office> {
    const office = (await this.all()).find((each) => each.id === id);
    if (!office) throw new OfficeNotFound(id);
    return office;
  }

  /**
   * The office that receives at an address. `opcc+WM-2026-000123-K@…` is the mailbox `opcc@…` with our reference in it.
   */
  async byMailbox(address: string): Promise<{ office: Office; mailbox: string } | null> {
    const at = address.lastIndexOf('@');
    if (at < 1) return null;
    const local = address.slice(0, at).split('+')[0] ?? '';
    const mailbox = `${local}@${address.slice(at + 1)}`.toLowerCase();
    const office = (await this.all()).find((each) => each.mailboxes.some((own) => own.toLowerCase() === mailbox));
    return office ? { office, mailbox } : null;
  }

  /** Every address at which any office receives. */
  async mailboxes(): Promise<string[]> {
    return (await this.all()).flatMap((office) => office.mailboxes.map((mailbox) => mailbox.toLowerCase()));
  }

  /** Entries of a kind that hold in an office on a day. */
  async inForce<E extends ConfigurationEntry>(kind: E['kind'], office: string, on: string): Promise<E[]> {
    return entriesInForce(await this.configuration.entries<E>(kind), office, on);
  }
}
