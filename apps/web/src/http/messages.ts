import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Messages = { readonly [key: string]: string | Messages };

/** All wording of the public pages, by language: another language adds a file. */
export function loadMessages(language: string): Messages {
  return JSON.parse(readFileSync(join(__dirname, '..', 'messages', `${language}.json`), 'utf8')) as Messages;
}

/** The text at a dotted path. @throws Error for a text that is missing: a page must not show a key. */
export function textAt(messages: Messages, path: string): string {
  let current: string | Messages | undefined = messages;
  for (const part of path.split('.')) current = typeof current === 'object' ? current[part] : undefined;
  if (typeof current !== 'string') throw new Error(`There is no text ${path}`);
  return current;
}
