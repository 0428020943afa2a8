import { Injectable } from '@nestjs/common';
import { can, People } from '@app/access';
import type { CaseDetail } from '@app/casework';

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

  /** Whose role sees cases of its office; and whoever has it or is named on it, though they work there no more. */
  async whoMaySee({
    office,
    assignee,
    restriction,
  }: CaseDetail): Promise<readonly { readonly id: string; readonly name: string; readonly role: string }[]> {
    const today = (await this.people.forOffices([office])).filter(({ role }) => can(role, 'case:read'));
    const bound = [...new Set([...(assignee === null ? [] : [assignee]), ...(restriction?.people ?? [])])];
    const others = bound.filter((id) => today.every((person) => person.id !== id));
    const names = await this.of(others);
    return [...today, ...others.map((id) => ({ id, name: names.get(id) ?? id, role: '' }))];
  }
}

const WORK_ON_CASES = ['caseworker', 'review-manager', 'manager'];

/** How a page calls who did something. */
export function nameOf(actor: NamedActor, names: ReadonlyMap<string, string>): string {
  if (actor.kind === 'system') return 'Postbag';
  if (actor.kind === 'public') return 'The sender';
  return names.get(actor.id) ?? actor.id;
}
