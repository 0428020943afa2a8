import { Injectable } from '@nestjs/common';
import type { FieldError } from '@app/kernel';

/** An entry as it would say from a day on. */
export interface ProposedEntry {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
  readonly validFrom: string;
  readonly data: unknown;
}

/** An entry that would end. `lastDay` is before today when it would be taken out at once. */
export interface EndingEntry {
  readonly kind: string;
  readonly key: string;
  readonly office: string | null;
  readonly lastDay: string;
  readonly today: string;
}

/** What another context knows of a kind of configuration that it reads. */
export interface ConfigurationCheck {
  readonly kinds: readonly string[];
  /** What is wrong with the data; pointers begin with `/data`. */
  wrongWith?(proposed: ProposedEntry): Promise<readonly FieldError[]> | readonly FieldError[];
  /** Why the entry cannot end, as sentences. */
  neededBy?(ending: EndingEntry): Promise<readonly string[]>;
}

/** The checks that contexts bring at start for the configuration that they read. */
@Injectable()
export class ConfigurationChecks {
  readonly #checks: ConfigurationCheck[] = [];

  register(check: ConfigurationCheck): void {
    this.#checks.push(check);
  }

  async wrongWith(proposed: ProposedEntry): Promise<FieldError[]> {
    const errors: FieldError[] = [];
    for (const check of this.of(proposed.kind)) errors.push(...((await check.wrongWith?.(proposed)) ?? []));
    return errors;
  }

  async neededBy(ending: EndingEntry): Promise<string[]> {
    const uses: string[] = [];
    for (const check of this.of(ending.kind)) uses.push(...((await check.neededBy?.(ending)) ?? []));
    return uses;
  }

  private of(kind: string): ConfigurationCheck[] {
    return this.#checks.filter(({ kinds }) => kinds.includes(kind));
  }
}
