import type { Runs } from '../domain/letter-document';
import { printable, type PrintedText, type Style } from './pdf-fonts';

/** Measures what a font makes of a text, in points. */
export type Measure = (printed: PrintedText) => number;

/** A line of text as it is drawn: stretches side by side. */
export interface PrintedLine {
  readonly parts: readonly PrintedText[];
  readonly width: number;
}

interface Word {
  readonly parts: PrintedText[];
  width: number;
}

/** Breaks runs into lines no wider than `width`: at spaces and line feeds, and within a word only where it fits no line. */
export function breakLines(runs: Runs, width: number, measure: Measure, base: Style = 'regular'): PrintedLine[] {
  const lines: PrintedLine[] = [];
  for (const words of paragraphsOf(runs, base, measure)) lines.push(...fill(words, width, measure));
  return lines;
}

/** The words between two line feeds. A style may change within a word. */
function paragraphsOf(runs: Runs, base: Style, measure: Measure): Word[][] {
  const paragraphs: Word[][] = [[]];
  let isWithin = false;
  const add = (part: PrintedText): void => {
    const words = paragraphs.at(-1) ?? [];
    let word = isWithin ? words.at(-1) : undefined;
    if (!word) {
      word = { parts: [], width: 0 };
      words.push(word);
    }
    word.parts.push(part);
    word.width += measure(part);
    isWithin = true;
  };
  for (const run of runs) {
    for (const { font, text } of printable(run.text, styleOf(run, base))) {
      for (const piece of text.split(/([ \n])/)) {
        if (piece === '\n') paragraphs.push([]);
        if (piece === '\n' || piece === ' ') isWithin = false;
        else if (piece !== '') add({ font, text: piece });
      }
    }
  }
  return paragraphs;
}

function styleOf({ bold, italic }: Runs[number], base: Style): Style {
  const isBold = bold === true || base.startsWith('bold');
  const isItalic = italic === true || base.endsWith('italic');
  if (isBold) return isItalic ? 'bold-italic' : 'bold';
  return isItalic ? 'italic' : 'regular';
}

function fill(words: readonly Word[], width: number, measure: Measure): PrintedLine[] {
  const lines: PrintedLine[] = [];
  let line: Word[] = [];
  let taken = 0;
  for (const word of words.flatMap((each) => fitting(each, width, measure))) {
    const space = line.length === 0 ? 0 : measure({ font: word.parts[0]?.font ?? '', text: ' ' });
    if (line.length > 0 && taken + space + word.width > width) {
      // The space at its end keeps the words apart for who reads the text rather than sees it.
      lines.push(joined(line, true, measure));
      line = [word];
      taken = word.width;
    } else {
      line.push(word);
      taken += space + word.width;
    }
  }
  lines.push(joined(line, false, measure));
  return lines;
}

function joined(words: readonly Word[], goesOn: boolean, measure: Measure): PrintedLine {
  const parts: { font: string; text: string }[] = [];
  words.forEach((word, index) => {
    word.parts.forEach((part, inWord) => {
      const last = parts.at(-1);
      const text = inWord === 0 && index > 0 ? ` ${part.text}` : part.text;
      if (last?.font === part.font) last.text += text;
      else parts.push({ font: part.font, text });
    });
  });
  const last = parts.at(-1);
  if (goesOn && last) last.text += ' ';
  return { parts, width: parts.reduce((sum, part) => sum + measure(part), 0) };
}

/** A word that is wider than a line, such as a long address of a page, in pieces that are not. */
function fitting(word: Word, width: number, measure: Measure): Word[] {
  if (word.width <= width) return [word];
  const pieces: Word[] = [{ parts: [], width: 0 }];
  for (const { font, text } of word.parts) {
    for (const character of text) {
      const part = { font, text: character };
      const wide = measure(part);
      let piece = pieces.at(-1);
      if (!piece || (piece.parts.length > 0 && piece.width + wide > width)) {
        piece = { parts: [], width: 0 };
        pieces.push(piece);
      }
      const last = piece.parts.at(-1);
      if (last?.font === font) piece.parts[piece.parts.length - 1] = { font, text: last.text + character };
      else piece.parts.push(part);
      piece.width += wide;
    }
  }
  return pieces;
}
