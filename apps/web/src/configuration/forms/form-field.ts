/** One field of an entry's form. `path` leads into the data: `when.anyWords`. */
export interface FormField {
  readonly path: string;
  readonly label: string;
  readonly hint?: string;
  readonly widget: Widget;
  /** What an empty field means: null, or left out; without it the field must be filled in. */
  readonly empty?: 'null' | 'absent';
  readonly options?: readonly Option[];
  /** Entries of this kind are offered. */
  readonly entriesOf?: string;
  readonly rows?: number;
  /** Of `records`: the parts of a line with | between them; a number where its name ends in `#`. */
  readonly columns?: readonly string[];
  /** Shown as a column of the list. */
  readonly inList?: true;
  /** A heading that stands before the field. */
  readonly section?: string;
}

export type Widget =
  | 'line'
  | 'text'
  | 'number'
  | 'day'
  | 'yes-no'
  | 'maybe'
  | 'choice'
  | 'choices'
  | 'entry'
  | 'lines'
  | 'clocks'
  | 'groups'
  | 'phrases'
  | 'priorities'
  | 'records';

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** Keys as people read them: `next-working-day` as "Next working day". */
export function inWords(key: string): string {
  const words = key.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function optionsOf(values: readonly string[], texts: Readonly<Record<string, string>> = {}): Option[] {
  return values.map((value) => ({ value, text: texts[value] ?? inWords(value) }));
}
