import { Injectable } from '@nestjs/common';
import { People } from '@app/access';
import type { Breakdown } from '@app/timeliness';
import { officeInWords, WorklistChoices } from '../worklist/worklist-choices';
import { inWords } from '../worklist/words';

/** What a group of cases is called: never by an id. */
export type NameOf = (value: string | null) => string;

export const NOBODY = 'Nobody';

/** Names for what figures are broken down by. */
@Injectable()
export class GroupNames {
  constructor(
    private readonly choices: WorklistChoices,
    private readonly people: People,
  ) {}

  async of(by: Breakdown, values: readonly (string | null)[]): Promise<NameOf> {
    if (by === 'person') return this.persons(values);
    if (by === 'queue' || by === 'category') {
      const { [by]: choices } = await this.choices.all();
      const names = new Map(choices.map(({ value, text }) => [value, text]));
      const none = by === 'queue' ? 'No queue' : 'Not sorted yet';
      return (value) => (value === null ? none : (names.get(value) ?? inWords(value)));
    }
    if (by === 'office') return (value) => officeInWords(value ?? '');
    return (value) => (value === null ? 'None' : inWords(value));
  }

  async persons(values: readonly (string | null)[]): Promise<NameOf> {
    const names = await this.people.names(values.filter((value) => value !== null));
    return (value) => (value === null ? NOBODY : (names.get(value) ?? 'Somebody who has left'));
  }
}
