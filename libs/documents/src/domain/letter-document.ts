/** A stretch of text in one style. A line feed in it is a line break. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
}

export type Runs = readonly Run[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly runs: Runs }
  | { readonly kind: 'paragraph'; readonly runs: Runs }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Runs[] }
  | { readonly kind: 'quote'; readonly runs: Runs }
  /** The first row is its header. Every row has as many cells as the header. */
  | { readonly kind: 'table'; readonly header: readonly Runs[]; readonly rows: readonly (readonly Runs[])[] }
  | { readonly kind: 'page-break' };

export interface Letterhead {
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly email: string | null;
  readonly telephone: string | null;
}

export interface SignOff {
  /** "Yours sincerely" */
  readonly valediction: string;
  readonly name: string;
  readonly role: string | null;
}

/** A letter or a paper, whatever it is printed as. */
export interface LetterDocument {
  /** What the file is called in lists and by screen readers. */
  readonly title: string;
  readonly language: 'en-GB' | 'cy-GB';
  /** Null for a paper that is no letter. */
  readonly letterhead: Letterhead | null;
  readonly addressee: readonly string[];
  /** `YYYY-MM-DD` */
  readonly date: string | null;
  readonly references: { readonly ours: string | null; readonly yours: string | null };
  /** The line in bold below the salutation. */
  readonly subject: string | null;
  readonly salutation: string | null;
  readonly blocks: readonly Block[];
  readonly signOff: SignOff | null;
  readonly enclosures: readonly string[];
  /** What stands below the signature. */
  readonly postscript: readonly Block[];
  /** A protective marking such as OFFICIAL, on every page. */
  readonly marking: string | null;
}

/** The words of runs without their style. */
export function textOfRuns(runs: Runs): string {
  return runs.map(({ text }) => text).join('');
}
