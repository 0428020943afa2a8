import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export type Messages = { readonly [key: string]: string | Messages };

export interface Language {
  /** As in the `lang` attribute. */
  readonly code: string;
  /** In the language itself. */
  readonly name: string;
}

export const FIRST_LANGUAGE = 'en';
const FOLDER = join(__dirname, '..', 'messages');

/** All wording of the public pages, by language: another language adds a file and nothing else. */
export class MessageCatalogue {
  private constructor(private readonly byLanguage: ReadonlyMap<string, Messages>) {}

  static read(folder = FOLDER): MessageCatalogue {
    const files = readdirSync(folder).filter((name) => /^[a-z]{2,3}\.json$/.test(name));
    const read = (name: string): Messages => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Messages;
    return new MessageCatalogue(new Map(files.map((name) => [name.replace('.json', ''), read(name)])));
  }

  /** The first language, then the others by their code. */
  get languages(): readonly Language[] {
    const others = [...this.byLanguage.keys()].filter((code) => code !== FIRST_LANGUAGE).sort();
    return [FIRST_LANGUAGE, ...others].map((code) => ({ code, name: textAt(this.of(code), 'languageName') }));
  }

  /** @throws Error for a language without a file. */
  of(language: string): Messages {
    const messages = this.byLanguage.get(language);
    if (!messages) throw new Error(`There are no messages in ${language}`);
    return messages;
  }

  /** The first of the wishes that there is a file for. */
  choose(...wishes: readonly unknown[]): string {
    const found = wishes.find((wish) => typeof wish === 'string' && this.byLanguage.has(wish));
    return (found as string | undefined) ?? FIRST_LANGUAGE;
  }
}

/** The text at a dotted path. @throws Error for a text that is missing: a page must not show a key. */
export function textAt(messages: Messages, path: string): string {
  let current: string | Messages | undefined = messages;
  for (const part of path.split('.')) current = typeof current === 'object' ? current[part] : undefined;
  if (typeof current !== 'string') throw new Error(`There is no text ${path}`);
  return current;
}

/** Fills in `{name}`. A name without a value stays, so that a test or a reader sees it. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The dotted paths of all texts. */
export function textPaths(messages: Messages): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [key] : textPaths(value).map((path) => `${key}.${path}`),
  );
}

/** What `{name}` a text asks for. */
export function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
}
