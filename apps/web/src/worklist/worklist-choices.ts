import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { People } from '@app/access';
import { CASE_STATUSES, ListCaseChoices } from '@app/casework';
import { CASE_KINDS, Offices } from '@app/offices';
import { currentCaller } from '@app/platform';
import { listsOf, type ListFilter } from './worklist-query';
import { inWords } from './words';

export interface Choice {
  readonly value: string;
  readonly text: string;
}

const CODES: Readonly<Partial<Record<ListFilter, readonly string[]>>> = {
  status: CASE_STATUSES,
  kind: CASE_KINDS,
  priority: ['urgent', 'high', 'normal', 'low'],
  risk: ['critical', 'high', 'medium', 'none'],
  channel: ['email', 'web-form', 'phone', 'letter', 'in-person', 'social-media', 'event'],
  draft: ['draft', 'submitted', 'approved'],
};
const DRAFTS: Readonly<Record<string, string>> = {
  draft: 'Being written',
  submitted: 'Waiting for approval',
  approved: 'Approved, not sent',
};

/** What a worklist of the caller can be narrowed by, in words, and the names behind the ids that it shows. */
@Injectable()
export class WorklistChoices {
  constructor(
    private readonly queries: QueryBus,
    private readonly offices: Offices,
    private readonly people: People,
  ) {}

  /** The choices of every filter: those of all the caller's offices together. */
  async all(): Promise<Record<ListFilter, readonly Choice[]>> {
    const { offices: own } = currentCaller();
    const merged = {
      queue: new Map<string, string>(),
      category: new Map<string, string>(),
      area: new Map<string, string>(),
    };
    for (const office of own) {
      const { queues, categories, areas } = await this.queries.execute(new ListCaseChoices(office));
      for (const [map, entries] of [
        [merged.queue, queues],
        [merged.category, categories],
        [merged.area, areas],
      ] as const) {
        for (const { key, name } of entries) if (!map.has(key)) map.set(key, name);
      }
    }
    const named = (map: ReadonlyMap<string, string>): Choice[] =>
      [...map].map(([value, text]) => ({ value, text })).sort((a, b) => (a.text < b.text ? -1 : 1));
    const offices = (await this.offices.all()).filter(({ id }) => own.includes(id));
    return listsOf((name): readonly Choice[] => {
      if (name === 'office') return offices.map(({ id }) => ({ value: id, text: officeInWords(id) }));
      if (name === 'queue' || name === 'category' || name === 'area') return named(merged[name]);
      return (CODES[name] ?? []).map((value) => ({
        value,
        text: (name === 'draft' ? DRAFTS[value] : undefined) ?? inWords(value),
      }));
    });
  }

  /** Whom a case can be given to. */
  async colleagues(): Promise<readonly Choice[]> {
    const { actor, offices } = currentCaller();
    const people = await this.people.forOffices(offices);
    return people
      .filter(({ role }) => role !== 'administrator' && role !== 'auditor' && role !== 'service')
      .map(({ id, name }) => ({ value: id, text: id === actor.id ? `${name} (you)` : name }));
  }

  /** What the people behind these ids are called; the caller is "You". */
  async names(ids: readonly (string | null)[]): Promise<(id: string | null) => string> {
    const me = currentCaller().actor.id;
    const names = await this.people.names(ids.filter((id) => id !== null && id !== me) as string[]);
    return (id) => (id === null ? 'Nobody' : id === me ? 'You' : (names.get(id) ?? 'Somebody who has left'));
  }
}

/** `west-mercia` as "West Mercia". */
export function officeInWords(office: string): string {
  return office.replaceAll('-', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
