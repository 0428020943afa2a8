const LF = 0x0a;
const CR = 0x0d;
const FIELD_NAME = /^([\x21-\x39\x3b-\x7e]{1,100})[ \t]*:/;
const FIELD_NAME_CHARS = 110;

/** The lines of a mail as positions in its bytes, whatever its line endings. */
export class MimeLines {
  readonly bytes: Buffer;

  constructor(raw: Uint8Array) {
    this.bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** The position after the line break of the line at `start`. */
  next(start: number): number {
    const feed = this.bytes.indexOf(LF, start);
    return feed < 0 ? this.bytes.length : feed + 1;
  }

  /** The end of a line without its line break, never before `start`. */
  endOfText(start: number, next: number): number {
    let end = next;
    if (end > start && this.bytes[end - 1] === LF) end -= 1;
    if (end > start && this.bytes[end - 1] === CR) end -= 1;
    return end;
  }

  /** The name of the header field that begins at `start`, or null when the line is none. */
  fieldNameAt(start: number, end: number): string | null {
    if (start >= end) return null;
    return FIELD_NAME.exec(this.text(start, Math.min(end, start + FIELD_NAME_CHARS)))?.[1]?.toLowerCase() ?? null;
  }

  text(start: number, end: number): string {
    return this.bytes.toString('latin1', start, end);
  }

  /** Skips a byte order mark, blank lines and the separator line of an mbox file before the first header field. */
  startOfHeader(): number {
    const { bytes } = this;
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const beforeBlanks = at;
    while (bytes[at] === CR || bytes[at] === LF) at += 1;
    if (at > beforeBlanks && this.fieldNameAt(at, this.next(at)) === null) return beforeBlanks;
    return /^>?From [^:]/.test(this.text(at, at + 12)) ? this.next(at) : at;
  }
}
