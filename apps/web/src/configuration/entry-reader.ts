import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { People } from '@app/access';
import {
  ConfigurationNotFound,
  configurationKind,
  ListConfiguration,
  Offices,
  ShowConfiguration,
  type ConfigurationHistory,
  type ConfigurationKind,
} from '@app/offices';
import { currentCaller } from '@app/platform';
import { officeName, type Titles } from './entry-models';
import { formOf } from './forms/forms';
import type { Option } from './forms/form-field';

/** What the pages of configuration need to show an entry. */
@Injectable()
export class EntryReader {
  constructor(
    private readonly queries: QueryBus,
    private readonly offices: Offices,
    private readonly people: People,
  ) {}

  /** @throws ConfigurationNotFound */
  kind(kind: string): ConfigurationKind {
    const found = configurationKind(kind);
    if (!found) throw new ConfigurationNotFound();
    return found;
  }

  entry(kind: string, key: string, office: string | null | undefined): Promise<ConfigurationHistory> {
    return this.queries.execute(new ShowConfiguration(kind, key, office));
  }

  /** Null where there is none that the caller may know of. */
  async entryIfAny(kind: string, key: string, office: string | null): Promise<ConfigurationHistory | null> {
    try {
      return await this.entry(kind, key, office);
    } catch (error) {
      if (error instanceof ConfigurationNotFound) return null;
      throw error;
    }
  }

  /** What entries that the form of a kind points to are called. */
  async titles(kind: string): Promise<Titles> {
    const titles = new Map<string, string>();
    for (const other of kindsNamedBy(kind)) {
      for (const { key, title } of await this.queries.execute(new ListConfiguration(other))) {
        titles.set(`${other} ${key}`, title);
      }
    }
    return titles;
  }

  /** What the form of a kind offers to choose from in an office; for a shared entry, in any of the caller's. */
  async choices(kind: string, office: string | null): Promise<ReadonlyMap<string, readonly Option[]>> {
    const choices = new Map<string, readonly Option[]>();
    for (const other of kindsNamedBy(kind)) {
      const entries = await this.queries.execute(new ListConfiguration(other));
      const usable = entries.filter(
        (each) =>
          (each.status === 'in-force' || each.status === 'future') &&
          (office === null || each.office === null || each.office === office),
      );
      choices.set(other, [...new Map(usable.map(({ key, title }) => [key, { value: key, text: title }])).values()]);
    }
    return choices;
  }

  names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.people.names(ids);
  }

  /** The offices for which the caller may add entries; all of them together for somebody who holds all. */
  async officeChoices(kind: ConfigurationKind): Promise<Option[]> {
    const own = currentCaller().offices;
    const all = (await this.offices.all()).map(({ id }) => id);
    const shared = kind.mayBeShared && all.every((each) => own.includes(each));
    const choices = own.map((office) => ({ value: office, text: officeName(office) }));
    return shared ? [{ value: 'shared', text: 'All offices' }, ...choices] : choices;
  }
}

function kindsNamedBy(kind: string): string[] {
  return [...new Set(formOf(kind).flatMap(({ entriesOf }) => entriesOf ?? []))];
}
