import { decodeCharset } from './decode-charset';
import { MimeBoundaries } from './mime-boundaries';
import { MimeLines } from './mime-lines';
import { type MailLimits, type MailProblem } from './parsed-mail';
import { parseStructuredField, type StructuredField } from './structured-field';

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** One part of a mail: its header, and either its children or its body still in transfer encoding. */
export interface MimePart {
  readonly fields: readonly HeaderField[];
  readonly contentType: StructuredField;
  readonly depth: number;
  readonly children: readonly MimePart[];
  readonly body: Uint8Array;
}

/** What one mail may still use, shared by the message and all messages nested in it. */
export class MimeBudget {
  readonly problems = new Set<MailProblem>();
  partsLeft: number;
  headerBytesLeft: number;

  constructor(readonly limits: MailLimits) {
    this.partsLeft = limits.maxParts;
    this.headerBytesLeft = limits.maxHeaderBytes;
  }
}

interface OpenField {
  readonly lines: [start: number, end: number][];
  size: number;
}

interface OpenPart {
  fields: HeaderField[];
  contentType: StructuredField;
  depth: number;
  children: OpenPart[];
  defaultType: string;
  start: number;
  end: number;
}

const SPACE = 0x20;
const TAB = 0x09;
const DASH = 0x2d;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
// A structural line of a part is kept even when the header budget is spent; a sane one is far shorter than this.
const MAX_STRUCTURAL_LINE = 2000;
const WELL_KNOWN =
  /^(?:from|to|cc|bcc|subject|date|message-id|in-reply-to|references|reply-to|sender|received|return-path|mime-version|content-[a-z-]+|x-[a-z0-9-]+|list-[a-z-]+|dkim-signature|delivered-to|precedence)$/i;

/**
 * Splits a mail into its parts in one pass over its lines, so that the time taken does not depend on how the parts
 * are nested. postal-mime decodes each part afterwards; given the whole mail it would fail at its limits instead of
 * stopping there, and would hand out neither the bytes of a text in an unknown charset nor nested messages apart.
 */
export function splitMime(raw: Uint8Array, budget: MimeBudget, depth = 0): MimePart {
  return new MimeSplitter(raw, budget, depth).split();
}

class MimeSplitter {
  private readonly lines: MimeLines;
  private readonly boundaries: MimeBoundaries<OpenPart>;
  private readonly root: OpenPart;
  private current: OpenPart;
  private position = 0;

  constructor(
    raw: Uint8Array,
    private readonly budget: MimeBudget,
    depth: number,
  ) {
    this.lines = new MimeLines(raw);
    this.boundaries = new MimeBoundaries(this.lines);
    this.root = openPart(depth, 'text/plain', 0);
    this.current = this.root;
  }

  split(): MimePart {
    this.position = this.lines.startOfHeader();
    this.readHeader();
    let isWithinBudget = true;
    while (isWithinBudget && this.position < this.lines.length) {
      const start = this.position;
      this.position = this.lines.next(start);
      if (this.isDashed(start)) isWithinBudget = this.takeLine(start, this.position);
    }
    if (this.current.end < 0) this.current.end = this.position;
    return this.close(this.root);
  }

  /** Acts on a line that may be a boundary; false when no more parts may be opened. */
  private takeLine(start: number, next: number): boolean {
    const boundary = this.boundaries.take(start, this.lines.endOfText(start, next));
    if (boundary === null) return true;
    // The line break before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
    const { current } = this;
    if (current.end < 0) current.end = Math.max(current.start, this.lines.endOfText(current.start, start));
    if (boundary.isLast) {
      // What follows belongs to nobody: the text after the last part (RFC 2046 section 5.1.1).
      this.current = openPart(0, 'text/plain', next);
      return true;
    }
    if (this.budget.partsLeft <= 0) {
      this.budget.problems.add('too-many-parts');
      return false;
    }
    this.budget.partsLeft -= 1;
    const isDigest = boundary.part.contentType.value === 'multipart/digest';
    this.current = openPart(boundary.part.depth + 1, isDigest ? 'message/rfc822' : 'text/plain', next);
    boundary.part.children.push(this.current);
    this.readHeader();
    return true;
  }

  /** Reads the header of the current part and leaves the position at the first line of its body. */
  private readHeader(): void {
    const part = this.current;
    let field: OpenField = { lines: [], size: 0 };
    const flush = (): void => {
      const read = this.toField(field);
      if (read !== null) part.fields.push(read);
      field = { lines: [], size: 0 };
    };
    while (this.position < this.lines.length) {
      const start = this.position;
      const next = this.lines.next(start);
      const end = this.lines.endOfText(start, next);
      if (this.isDashed(start) && this.boundaries.mayBegin(start, end)) break;
      if (end > start && !this.isContinuation(field, start, end)) {
        flush();
        if (this.lines.fieldNameAt(start, end) === null && !this.isStrayLine(part, next)) break;
      }
      this.position = next;
      if (end === start) break;
      this.addLine(field, start, end);
    }
    flush();
    part.start = this.position;
    const declared = part.fields.find((entry) => entry.name === 'content-type')?.value;
    part.contentType = parseStructuredField(declared ?? part.defaultType);
    this.openBoundary(part);
  }

  private isContinuation(field: OpenField, start: number, end: number): boolean {
    const before = field.lines.at(-1);
    if (before === undefined) return false;
    const { bytes } = this.lines;
    if (bytes[start] === SPACE || bytes[start] === TAB) return true;
    // Some senders forget to indent `boundary="..."`, without which nothing of the mail could be read.
    const isCutOff = bytes[before[1] - 1] === SEMICOLON;
    return isCutOff && /^[a-z][a-z0-9*-]{1,30}=/i.test(this.lines.text(start, Math.min(end, start + 40)));
  }

  /**
   * Judges a line in the header that is no header field: it ends the header, as if the blank line were missing,
   * unless the header plainly goes on.
   */
  private isStrayLine(part: OpenPart, next: number): boolean {
    this.budget.problems.add('header-damaged');
    const following = this.lines.fieldNameAt(next, this.lines.next(next));
    return part.fields.length > 0 && following !== null && WELL_KNOWN.test(following);
  }

  private addLine(field: OpenField, start: number, end: number): void {
    const most = Math.max(this.budget.headerBytesLeft, MAX_STRUCTURAL_LINE);
    field.size += end - start + 2;
    if (field.size <= most || field.lines.length === 0) field.lines.push([start, end]);
  }

  private toField({ lines, size }: OpenField): HeaderField | null {
    const [head] = lines;
    const name = head === undefined ? null : this.lines.fieldNameAt(head[0], head[1]);
    if (name === null) return null;
    if (size > this.budget.headerBytesLeft) {
      this.budget.problems.add('header-too-long');
      if (!name.startsWith('content-') || size > MAX_STRUCTURAL_LINE) return null;
    }
    this.budget.headerBytesLeft = Math.max(0, this.budget.headerBytesLeft - size);
    const whole = Buffer.concat(lines.map(([start, end]) => this.lines.bytes.subarray(start, end)));
    return { name, value: headerText(whole.subarray(whole.indexOf(COLON) + 1)) };
  }

  private openBoundary(part: OpenPart): void {
    if (!isMultipart(part)) return;
    const boundary = part.contentType.parameters.get('boundary') ?? '';
    if (part.depth >= this.budget.limits.maxDepth) this.budget.problems.add('too-deep');
    else if (boundary !== '') this.boundaries.add(boundary, part);
  }

  private isDashed(start: number): boolean {
    return this.lines.bytes[start] === DASH && this.lines.bytes[start + 1] === DASH;
  }

  private close(part: OpenPart): MimePart {
    const { fields, depth, start } = part;
    const end = part.end < 0 ? this.lines.length : Math.max(start, part.end);
    const body = this.lines.bytes.subarray(start, end);
    const children = part.children.map((child) => this.close(child));
    const isLost = isMultipart(part) && children.length === 0 && depth < this.budget.limits.maxDepth;
    if (!isLost) return { fields, contentType: part.contentType, depth, children, body };
    // Its boundary never came: what there is, is read as text.
    this.budget.problems.add('boundary-missing');
    return { fields, contentType: { ...part.contentType, value: 'text/plain' }, depth, children, body };
  }
}

function openPart(depth: number, defaultType: string, start: number): OpenPart {
  const contentType = parseStructuredField(defaultType);
  return { fields: [], contentType, depth, children: [], defaultType, start, end: -1 };
}

function isMultipart(part: OpenPart): boolean {
  return part.contentType.value.startsWith('multipart/');
}

function headerText(bytes: Uint8Array): string {
  return decodeCharset(bytes, null)
    .text.replace(/[\0\r\n]+/g, ' ')
    .trim();
}
