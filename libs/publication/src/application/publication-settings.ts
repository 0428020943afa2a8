import { Injectable } from '@nestjs/common';
import type { ConfigurationEntry, DeadlinePolicy } from '@app/kernel';
import { Offices } from '@app/offices';
import type { SmallNumberRule } from '../domain/disclose';
import type { ComplaintsModel } from '../domain/publication-kinds';

/** How an office publishes: small numbers, who deals with complaints, and how long it has after the IOPC published. */
export interface PublicationRule extends SmallNumberRule {
  readonly complaintsModel: ComplaintsModel;
  readonly bulletinPolicy: DeadlinePolicy;
}

type RuleEntry = ConfigurationEntry<'publication-rule', PublicationRule>;

@Injectable()
export class PublicationSettings {
  constructor(private readonly offices: Offices) {}

  /** The rule in force in an office on a London day. */
  async on(office: string, day: string): Promise<PublicationRule> {
    const entries = await this.offices.inForce<RuleEntry>('publication-rule', office, day);
    const [entry] = entries.filter(({ key }) => key === 'standard');
    if (!entry) throw new Error(`No publication rule is in force in ${office} on ${day}`);
    return entry.data;
  }
}
