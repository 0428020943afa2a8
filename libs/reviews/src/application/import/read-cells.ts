import { isDay } from '@app/kernel';
import type { PauseReason } from '../../domain/review-state';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2026-03-02`, `02/03/2026`, `2.3.2026` or `2 March 2026`: the day comes before the month. Null for anything else. */
export function readDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const british = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (british) return dayOf(british[3], british[2], british[1]);
  const words = /^(?:[a-z]+,? +)?(\d{1,2})(?:st|nd|rd|th)? +([a-z]{3})[a-z]*,? +(\d{4})$/i.exec(text);
  const month = MONTHS.indexOf(words?.[2]?.toLowerCase() ?? '');
  return words && month >= 0 ? dayOf(words[3], String(month + 1), words[1]) : null;
}

function dayOf(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : null;
}

export function readYesNo(text: string): boolean | null {
  if (/^(y|yes|true|1)$/i.test(text)) return true;
  return /^(n|no|false|0)$/i.test(text) ? false : null;
}

export interface ReadPause {
  readonly from: string;
  readonly to: string | null;
  readonly because: PauseReason;
}

const REASONS: readonly (readonly [pattern: RegExp, because: PauseReason])[] = [
  [/judicial/i, 'judicial-review'],
  [/crim/i, 'criminal-proceedings'],
  [/civil/i, 'civil-proceedings'],
  [/applicant|complainant/i, 'waiting-on-applicant'],
  [/force|psd|police/i, 'waiting-on-force'],
];

/** `FROM to TO REASON; FROM to now REASON`. Null where a part of it cannot be understood. */
export function readPauses(text: string): ReadPause[] | null {
  const pauses: ReadPause[] = [];
  for (const part of text.split(/[;\n]/).map((each) => each.trim())) {
    if (part === '') continue;
    const [, from = '', to = '', reason = ''] =
      /^(.+?)\s+(?:to|until)\s+(\S+(?:\s+[a-z]+\s+\d{4})?)\s+(.+)$/i.exec(part) ?? [];
    const isOpen = /^(now|open|today|-)$/i.test(to);
    const first = readDay(from);
    const last = isOpen ? null : readDay(to);
    const because = REASONS.find(([pattern]) => pattern.test(reason))?.[1];
    if (first === null || because === undefined || (!isOpen && last === null)) return null;
    pauses.push({ from: first, to: last, because });
  }
  return pauses.sort((a, b) => (a.from < b.from ? -1 : 1));
}
