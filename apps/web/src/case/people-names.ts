import { Injectable } from '@nestjs/common';
import { People } from '@app/access';

/** Whoever the history names, as people of the office know them. */
export interface NamedActor {
  readonly kind: string;
  readonly id: string;
}

/** Names for the ids that cases and their history carry. */
@Injectable()
export class PeopleNames {
  constructor(private readonly people: People) {}

  /** By id; ids that nobody has any more stay as they are. */
  async of(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = await this.people.names(ids);
    return new Map(ids.map((id) => [id, known.get(id) ?? id]));
  }

  /** Who can be given a case of an office. */
  async inOffice(office: string): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return (await this.people.forOffices([office])).filter(({ role }) => WORK_ON_CASES.includes(role));
  }
}

const WORK_ON_CASES = ['caseworker', 'review-manager', 'manager'];

/** How a page calls who did something. */
export function nameOf(actor: NamedActor, names: ReadonlyMap<string, string>): string {
  if (actor.kind === 'system') return 'Postbag';
  if (actor.kind === 'public') return 'The sender';
  return names.get(actor.id) ?? actor.id;
}
