import { findWords } from '../domain/find-words';
import type { RedactedWords } from '../domain/redaction';
import { PdfReader, type Area } from '../pdf/pdf-reader';

/** One place of the words: a rectangle for each line that they stand on. */
export interface FoundPlace {
  readonly page: number;
  readonly areas: readonly Area[];
  /** The words as they stand there, with some before and after. */
  readonly context: string;
}

export interface FoundWords {
  readonly pages: number;
  readonly places: readonly (FoundPlace & Pick<RedactedWords, 'reason'>)[];
  /** Pages (from 0) that hold no text: pictures of pages, where nothing can be found by its words. */
  readonly unsearchable: readonly number[];
}

const CONTEXT = 30;
/** Letters reach beyond what a font says they take up. */
const BLEED = 1.5;

/** Finds every place of these words in a PDF. @throws UnreadablePdf */
export async function findInPdf(bytes: Uint8Array, wanted: readonly RedactedWords[]): Promise<FoundWords> {
  const reader = await PdfReader.open(bytes);
  try {
    const places: FoundWords['places'][number][] = [];
    const unsearchable: number[] = [];
    for (let page = 0; page < reader.pageCount; page += 1) {
      reader.onCharacters(page, (characters) => {
        const { texts } = characters;
        if (texts.every((text) => text.trim() === '')) unsearchable.push(page);
        const text = texts.join('');
        for (const { words, reason } of wanted) {
          for (const { from, to } of findWords(text, words)) {
            const areas = linesOf(Array.from({ length: to - from }, (_, index) => characters.areaOf(from + index)));
            places.push({ page, reason, areas, context: contextOf(texts, from, to) });
          }
        }
      });
    }
    return { pages: reader.pageCount, places, unsearchable };
  } finally {
    reader.close();
  }
}

/** Characters that follow each other on one line, as one rectangle; a line of a turned page runs downwards. */
function linesOf(characters: readonly (Area | null)[]): Area[] {
  const placed = characters.filter((area) => area !== null && (area.width > 0 || area.height > 0)) as readonly Area[];
  const isTurned = runsDownwards(placed);
  const lines: Area[] = [];
  for (const area of placed) {
    const last = lines.at(-1);
    const isSameLine =
      last !== undefined && (isTurned ? overlap(last, area, 'x', 'width') : overlap(last, area, 'y', 'height'));
    if (last && isSameLine) lines[lines.length - 1] = united(last, area);
    else lines.push(area);
  }
  return lines.map(({ x, y, width, height }) => ({
    x: x - BLEED,
    y: y - BLEED,
    width: width + 2 * BLEED,
    height: height + 2 * BLEED,
  }));
}

function runsDownwards(areas: readonly Area[]): boolean {
  let votes = 0;
  areas.slice(1).forEach((area, index) => {
    const before = areas[index] ?? area;
    votes += Math.abs(area.y - before.y) > Math.abs(area.x - before.x) ? 1 : -1;
  });
  return votes > 0;
}

function overlap(a: Area, b: Area, start: 'x' | 'y', size: 'width' | 'height'): boolean {
  return b[start] < a[start] + a[size] && a[start] < b[start] + b[size];
}

function united(a: Area, b: Area): Area {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

function contextOf(texts: readonly string[], from: number, to: number): string {
  const shown = texts.slice(Math.max(0, from - CONTEXT), to + CONTEXT).join('');
  return shown.replace(/\s+/g, ' ').trim();
}
