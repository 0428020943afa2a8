import { createHash } from 'node:crypto';
import type { DataPeriod } from './financial-quarter';
import type { NarrativePart } from './publication-kinds';
import { basisInWords, measureInWords, type ShownFigure, type ShownMeasure } from './shown-figure';

/** A bulletin of the Independent Office for Police Conduct as a publication names it. */
export interface PublishedBulletin {
  readonly id: string;
  readonly kind: BulletinKind;
  readonly title: string;
  /** The day on which the IOPC published it. */
  readonly publishedOn: string;
  readonly from: string;
  readonly to: string;
  readonly link: string | null;
  readonly filename: string | null;
}

export const BULLETIN_KINDS = ['quarterly-data', 'annual-report'] as const;
export type BulletinKind = (typeof BULLETIN_KINDS)[number];

/** A written part as it is published: the headings stand in it, so that a later change of wording changes nothing. */
export interface PublishedPart {
  readonly title: string;
  readonly sections: readonly { readonly key: string; readonly title: string; readonly text: string }[];
}

/** All that a version says. Its hash stands in the events, so that a change would be found. */
export interface PublicationContent {
  readonly officeName: string;
  readonly title: string;
  readonly introduction: string;
  readonly period: DataPeriod;
  readonly yearToDate: DataPeriod | null;
  /** The instant up to which what was recorded is counted. */
  readonly asOf: string;
  readonly smallestCount: number;
  readonly smallestBase: number;
  readonly figures: readonly ShownFigure[];
  readonly parts: readonly PublishedPart[];
  readonly bulletins: readonly PublishedBulletin[];
}

export const NOTHING_TO_REPORT = 'There is nothing to report for this period.';

/** The written parts with their headings. A section that is not written yet has no text. */
export function publishedParts(
  parts: readonly NarrativePart[],
  narratives: readonly { readonly section: string; readonly text: string; readonly isNothingToReport: boolean }[],
): readonly PublishedPart[] {
  return parts.map(({ title, sections }) => ({
    title,
    sections: sections.map(({ key, title: heading }) => {
      const written = narratives.find(({ section }) => section === key);
      const text = written?.isNothingToReport ? NOTHING_TO_REPORT : (written?.text.trim() ?? '');
      return { key, title: heading, text };
    }),
  }));
}

/** SHA-256 over everything that is published. */
export function contentHash(content: PublicationContent): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');
}

/** One thing that a correction changed. */
export interface ContentDifference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What a version says otherwise than the one before it, in the order of the page. */
export function contentDifferences(
  before: PublicationContent,
  after: PublicationContent,
): readonly ContentDifference[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((what) => {
    const [was, is] = [old.get(what) ?? 'not given', now.get(what) ?? 'not given'];
    return was === is ? [] : [{ what, before: was, after: is }];
  });
}

function linesOf(content: PublicationContent): Map<string, string> {
  const lines = new Map<string, string>();
  for (const { title, unit, definition, quarter, yearToDate, splits } of content.figures) {
    const say = (measure: ShownMeasure): string => {
      const basis = basisInWords(measure, unit);
      return basis === '' ? measureInWords(measure, unit) : `${measureInWords(measure, unit)} (${basis})`;
    };
    lines.set(title, say(quarter));
    if (yearToDate) lines.set(`${title}, year to date`, say(yearToDate));
    lines.set(`${title}, definition`, definition);
    for (const split of splits) {
      for (const group of split.groups) {
        lines.set(`${title}, ${group.title}`, say(group.quarter));
        if (group.yearToDate) lines.set(`${title}, ${group.title}, year to date`, say(group.yearToDate));
      }
    }
  }
  for (const { sections } of content.parts) for (const { title, text } of sections) lines.set(title, text);
  for (const { title, publishedOn, link, filename } of content.bulletins) {
    lines.set(`IOPC: ${title}`, `published by the IOPC on ${publishedOn}, ${filename ?? link ?? ''}`);
  }
  return lines;
}

/** With the keys of every object in one order, however it was stored. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
