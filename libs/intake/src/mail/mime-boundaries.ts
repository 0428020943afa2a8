import { type MimeLines } from './mime-lines';

interface OpenBoundary<T> {
  readonly marker: Uint8Array;
  readonly part: T;
  /** Whether a boundary opened later has the same text, so that it always comes first. */
  isHidden: boolean;
}

export interface BoundaryLine<T> {
  readonly part: T;
  readonly isLast: boolean;
}

const SPACE = 0x20;
const TAB = 0x09;
const DASH = 0x2d;

/** The boundaries that are open at a point of a mail, the innermost last. */
export class MimeBoundaries<T> {
  private open: OpenBoundary<T>[] = [];

  constructor(private readonly lines: MimeLines) {}

  add(boundary: string, part: T): void {
    this.keep([...this.open, { marker: Buffer.from(`--${boundary}`, 'utf8'), part, isHidden: false }]);
  }

  /** Tells whose boundary a line is and closes those inside it; null when it is an ordinary line. */
  take(start: number, end: number): BoundaryLine<T> | null {
    for (let index = this.open.length - 1; index >= 0; index -= 1) {
      const entry = this.open[index];
      if (entry === undefined || entry.isHidden || !this.begins(start, end, entry.marker)) continue;
      const isLast = this.isLastMarker(start + entry.marker.length, end);
      if (isLast === null) continue;
      this.keep(this.open.slice(0, isLast ? index : index + 1));
      return { part: entry.part, isLast };
    }
    return null;
  }

  /** Whether a line begins as an open boundary does. */
  mayBegin(start: number, end: number): boolean {
    return this.open.some((entry) => this.begins(start, end, entry.marker));
  }

  private isLastMarker(after: number, end: number): boolean | null {
    const { bytes } = this.lines;
    const isLast = after + 2 <= end && bytes[after] === DASH && bytes[after + 1] === DASH;
    let rest = isLast ? after + 2 : after;
    while (rest < end && (bytes[rest] === SPACE || bytes[rest] === TAB)) rest += 1;
    return rest < end ? null : isLast;
  }

  // A loop, not Buffer.compare: a mail may consist of nothing but lines that begin as boundaries do.
  private begins(start: number, end: number, marker: Uint8Array): boolean {
    const { bytes } = this.lines;
    if (end - start < marker.length) return false;
    for (let at = marker.length - 1; at >= 0; at -= 1) if (bytes[start + at] !== marker[at]) return false;
    return true;
  }

  private keep(open: OpenBoundary<T>[]): void {
    this.open = open;
    const seen = new Set<string>();
    for (const entry of [...open].reverse()) {
      const text = Buffer.from(entry.marker).toString('latin1');
      entry.isHidden = seen.has(text);
      seen.add(text);
    }
  }
}
