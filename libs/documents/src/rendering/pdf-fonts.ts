import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { documentText } from '../domain/document-text';
import { sfntOf } from './sfnt';

export type Style = 'regular' | 'bold' | 'italic' | 'bold-italic';

/** A stretch of text that one font file can print. */
export interface PrintedText {
  readonly font: string;
  readonly text: string;
}

/** What stands in a PDF for characters that no font of ours has; the Word file keeps them. */
export const REPLACEMENT = '[?]';

const FILES: Readonly<Record<Style, string>> = {
  regular: '400-normal',
  bold: '700-normal',
  italic: '400-italic',
  'bold-italic': '700-italic',
};
/** The typeface of the service comes in parts: Western European, and the rest of the Latin alphabets (Welsh, Polish …). */
const PARTS = ['latin', 'latin-ext'] as const;

const resolve = createRequire(__filename).resolve;
const bytesOf = new Map<string, Buffer>();
const fontOf = new Map<string, Font>();
const clusters = new Intl.Segmenter('en-GB', { granularity: 'grapheme' });

/** The file of a font by its name, such as `latin-400-normal`. */
export function fontBytes(name: string): Buffer {
  const known = bytesOf.get(name);
  if (known) return known;
  const path = resolve(`@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${name}.woff`);
  // Unpacked once here, else each letter would unpack it again.
  const bytes = sfntOf(readFileSync(path));
  bytesOf.set(name, bytes);
  return bytes;
}

export function fontName(style: Style, part: (typeof PARTS)[number] = 'latin'): string {
  return `${part}-${FILES[style]}`;
}

/** Cuts text into stretches by the font that can print them. What none can shows as `[?]`, once for a stretch of it. */
export function printable(text: string, style: Style): PrintedText[] {
  const printed: PrintedText[] = [];
  let isMissing = false;
  for (const { segment } of clusters.segment(forPrint(text))) {
    const found = printedCluster(segment, style);
    if (found === null) {
      if (!isMissing) append(printed, { font: fontName(style), text: REPLACEMENT });
      isMissing = true;
    } else {
      append(printed, found);
      isMissing = false;
    }
  }
  return printed;
}

/** The characters of a text that a PDF of ours cannot show, each once. */
export function unprintableIn(text: string): string[] {
  const missing = [...clusters.segment(forPrint(text))]
    .map(({ segment }) => segment)
    .filter((segment) => printedCluster(segment, 'regular') === null);
  return [...new Set(missing)];
}

function forPrint(text: string): string {
  return documentText(text)
    .replace(/[\u00ad\u200b-\u200d\u2060]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, '\u00a0')
    .replace(/[\u2010-\u2011]/g, '-');
}

function printedCluster(cluster: string, style: Style): PrintedText | null {
  if (cluster === '\u00a0' || cluster === '\n') return { font: fontName(style), text: cluster };
  // Ligatures, letters in a box and the like are first taken as they are, then as the plain letters that they stand for.
  for (const form of new Set([cluster, cluster.normalize('NFKC')])) {
    for (const part of PARTS) {
      const font = fontName(style, part);
      if ([...form].every((character) => has(font, character))) return { font, text: form };
    }
  }
  return null;
}

function has(name: string, character: string): boolean {
  let font = fontOf.get(name);
  if (!font) {
    font = create(fontBytes(name)) as Font;
    fontOf.set(name, font);
  }
  return font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

function append(printed: PrintedText[], next: PrintedText): void {
  const last = printed.at(-1);
  if (last?.font === next.font) printed[printed.length - 1] = { ...last, text: last.text + next.text };
  else printed.push(next);
}
