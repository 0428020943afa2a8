import type { FieldError } from './domain-error';
import { addDays, dayInWords, daysBetween } from './london-time';

/** A time in which a clock stands still: `from` is the first day not counted, `to` the first counted again. */
export interface Pause {
  readonly from: string;
  /** Null while the clock is still stopped. */
  readonly to: string | null;
}

/** The pauses of one clock, in order and without overlaps. */
export class PausedDays {
  private constructor(private readonly spans: readonly Pause[]) {}

  /** The pauses must hold real days: see `pauseErrors`. */
  static of(pauses: readonly Pause[]): PausedDays {
    const sorted = pauses.filter((each) => each.to !== each.from).sort((a, b) => a.from.localeCompare(b.from));
    const spans: Pause[] = [];
    for (const pause of sorted) {
      const last = spans.at(-1);
      if (last === undefined || (last.to !== null && last.to < pause.from)) spans.push(pause);
      else spans[spans.length - 1] = { from: last.from, to: later(last.to, pause.to) };
    }
    return new PausedDays(spans);
  }

  /** Answers which pause covers a day. The days must be asked in order, so that many pauses cost no more. */
  walk(): (day: string) => Pause | null {
    let index = 0;
    return (day) => {
      let span = this.spans[index];
      while (span !== undefined && span.to !== null && span.to <= day) span = this.spans[++index];
      return span !== undefined && span.from <= day ? span : null;
    };
  }

  /** The pauses that touch the days from the first to the last, both included. */
  within(first: string, last: string): readonly Pause[] {
    return this.spans.filter((each) => each.from <= last && (each.to === null || each.to > first));
  }

  /** How many of the days from the first to the last, both included, are paused; an open pause goes on to the last. */
  countWithin(first: string, last: string): number {
    const afterLast = addDays(last, 1);
    return this.within(first, last).reduce((sum, { from, to }) => {
      const end = to === null || to > afterLast ? afterLast : to;
      return sum + daysBetween(from < first ? first : from, end);
    }, 0);
  }
}

/** For people: which days a pause took out. */
export function pauseInWords({ from, to }: Pause): string {
  if (to === null) return `The clock was stopped on ${dayInWords(from)} and has not been started again.`;
  const last = addDays(to, -1);
  return last === from
    ? `The clock was paused on ${dayInWords(from)}, which is not counted.`
    : `The clock was paused from ${dayInWords(from)} to ${dayInWords(last)}: these days are not counted.`;
}

/** What is wrong with the pauses, by JSON pointer. */
export function pauseErrors(
  pauses: readonly Pause[],
  dayError: (day: string, pointer: string) => FieldError | null,
): FieldError[] {
  return pauses.flatMap(({ from, to }, index) => {
    const wrong = [
      dayError(from, `/pauses/${index}/from`),
      to === null ? null : dayError(to, `/pauses/${index}/to`),
    ].filter((error) => error !== null);
    if (wrong.length > 0 || to === null || to >= from) return wrong;
    return [{ pointer: `/pauses/${index}/to`, message: 'Must not be before the pause starts' }];
  });
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null;
  return a > b ? a : b;
}
