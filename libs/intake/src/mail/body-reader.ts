import { createHash } from 'node:crypto';
import { htmlToReadableText } from './clean-html';
import { cleanLine, cleanText, cutText } from './clean-text';
import { decodeCharset } from './decode-charset';
import { type DecodedPart, decodePart, fieldOf } from './decode-part';
import { decodeHeaderText } from './encoded-words';
import { addressesOf, messageIdOf } from './mail-headers';
import { type MailAttachment, type NestedMail } from './parsed-mail';
import { readTnef } from './read-tnef';
import { safeFilename } from './safe-filename';
import { type MimeBudget, type MimePart, splitMime } from './split-mime';
import { unflowText } from './unflow-text';

export interface MailBody {
  readonly text: string;
  readonly isTextTruncated: boolean;
  readonly html: string | null;
  readonly attachments: readonly MailAttachment[];
  readonly nested: readonly NestedMail[];
}

/** A stretch of the body in one or both of its representations. */
interface Section {
  readonly plain: string | null;
  readonly html: string | null;
}

interface Place {
  readonly isInReport: boolean;
  /** Zero in the mail itself, one in a message enclosed in it, and so on. */
  readonly nesting: number;
}

type FoundFile = Omit<MailAttachment, 'isInline'> & { readonly disposition: string };

const MAX_HTML_CHARS = 1_000_000;
const MAX_BYTES_PER_CHAR = 4;
const SPARE_ATTACHMENT_BYTES = 1024 * 1024;
const TNEF_TYPES = new Set(['application/ms-tnef', 'application/vnd.ms-tnef']);
const MESSAGE_TYPES = new Set(['message/rfc822', 'message/global']);

/** Collects text, HTML, files and enclosed messages from the parts of one mail. */
export class BodyReader {
  private readonly files: FoundFile[] = [];
  private readonly nested: NestedMail[] = [];
  private readonly statusTexts: string[] = [];
  private readonly tnefSections: Section[] = [];
  private attachmentBytesLeft: number;
  private nestedCharsLeft: number;
  private isCut = false;

  constructor(
    private readonly budget: MimeBudget,
    rawBytes: number,
  ) {
    // A file inside an enclosed message is kept twice, in the message and by itself, but never more often.
    this.attachmentBytesLeft = 2 * rawBytes + SPARE_ATTACHMENT_BYTES;
    this.nestedCharsLeft = budget.limits.maxTextChars;
  }

  async read(root: MimePart): Promise<MailBody> {
    const found = await this.sectionsOf(root, { isInReport: false, nesting: 0 });
    const sections = found.some(hasContent) ? found : this.tnefSections;
    const joined = textOf(sections);
    const whole = joined.trim() === '' ? this.statusTexts.join('\n\n') : joined;
    const text = cutText(cleanText(whole), this.budget.limits.maxTextChars);
    const isTextTruncated = this.isCut || whole.length > this.budget.limits.maxTextChars;
    if (isTextTruncated) this.budget.problems.add('text-truncated');
    const html = this.htmlOf(sections);
    return {
      text,
      isTextTruncated,
      html,
      attachments: this.files.map((file) => toAttachment(file, html)),
      nested: this.nested,
    };
  }

  private async sectionsOf(part: MimePart, place: Place): Promise<Section[]> {
    if (part.children.length === 0) return this.readLeaf(part, place);
    const type = part.contentType.value;
    const isInReport = place.isInReport || type === 'multipart/report';
    const sections: Section[] = [];
    for (const child of part.children) sections.push(...(await this.sectionsOf(child, { ...place, isInReport })));
    return type === 'multipart/alternative' ? [asOne(sections)] : sections;
  }

  private async readLeaf(part: MimePart, place: Place): Promise<Section[]> {
    const decoded = await this.decode(part);
    const { contentType, disposition } = decoded;
    if (contentType === 'text/x-amp-html') return [];
    if (MESSAGE_TYPES.has(contentType)) {
      await this.readMessage(part, decoded, place);
      return [];
    }
    const isText = contentType === 'text/plain' || contentType === 'text/html';
    const isWholeMail = part.depth === 0 && contentType.startsWith('text/');
    if (disposition !== 'attachment' && ((isText && decoded.filename === null) || isWholeMail)) {
      const text = this.decodeText(decoded);
      return [contentType === 'text/html' ? { plain: null, html: text } : { plain: text, html: null }];
    }
    if (place.nesting > 0 && place.isInReport) return [];
    this.keep(decoded.filename, decoded.contentType, decoded.contentId, disposition, decoded.content);
    if (contentType === 'message/delivery-status') this.statusTexts.push(this.decodeText(decoded));
    const isTnef = TNEF_TYPES.has(contentType) || /^winmail\.dat$/i.test(decoded.filename ?? '');
    if (isTnef) this.unpackTnef(decoded.content);
    return [];
  }

  private async decode(part: MimePart): Promise<DecodedPart> {
    try {
      return await decodePart(part);
    } catch {
      this.budget.problems.add('part-damaged');
      const { parameters } = part.contentType;
      const content = part.body;
      return {
        contentType: 'application/octet-stream',
        parameters,
        disposition: 'attachment',
        filename: null,
        contentId: null,
        content,
      };
    }
  }

  private decodeText(part: DecodedPart): string {
    const most = this.budget.limits.maxTextChars * MAX_BYTES_PER_CHAR;
    const isCut = part.content.length > most;
    if (isCut) this.isCut = true;
    const charset = part.parameters.get('charset') ?? null;
    const { text, problem } = decodeCharset(part.content.subarray(0, most), charset, isCut);
    if (problem !== null) this.budget.problems.add(problem);
    const clean = cleanText(text);
    if (part.parameters.get('format')?.toLowerCase() !== 'flowed') return clean;
    return unflowText(clean, part.parameters.get('delsp')?.toLowerCase() === 'yes');
  }

  /** Keeps an enclosed message as a file and reads it, so that nobody needs a mail program to know what it says. */
  private async readMessage(part: MimePart, decoded: DecodedPart, place: Place): Promise<void> {
    const isTooDeep = part.depth >= this.budget.limits.maxDepth;
    if (isTooDeep) this.budget.problems.add('too-deep');
    const message = isTooDeep ? null : splitMime(decoded.content, this.budget, part.depth + 1);
    const subject = cleanLine(decodeHeaderText(fieldOf(message?.fields ?? [], 'subject') ?? ''), 998);
    // A message within a message is kept once, as part of the outer one.
    if (place.nesting === 0) {
      const filename = decoded.filename ?? (subject === '' ? null : `${subject.slice(0, 140)}.eml`);
      this.keep(filename, 'message/rfc822', decoded.contentId, 'attachment', decoded.content, decoded.filename);
    }
    if (message === null) return;
    const entry = this.nested.push({ subject, from: null, text: '', messageId: null }) - 1;
    const sections = await this.sectionsOf(message, { isInReport: place.isInReport, nesting: place.nesting + 1 });
    const text = cutText(cleanText(textOf(sections)), Math.max(0, this.nestedCharsLeft));
    this.nestedCharsLeft -= text.length;
    const [from = null] = addressesOf(message.fields, 'from');
    this.nested[entry] = { subject, from, text, messageId: messageIdOf(fieldOf(message.fields, 'message-id')) };
  }

  private unpackTnef(content: Uint8Array): void {
    const tnef = readTnef(content);
    if (tnef === null || tnef.isDamaged) this.budget.problems.add('tnef-damaged');
    if (tnef === null) return;
    if (tnef.text !== null || tnef.html !== null) this.tnefSections.push({ plain: tnef.text, html: tnef.html });
    for (const file of tnef.files) {
      const contentType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(file.contentType)
        ? file.contentType.toLowerCase()
        : 'application/octet-stream';
      this.keep(file.filename, contentType, file.contentId, 'attachment', file.content);
    }
  }

  private keep(
    filename: string | null,
    contentType: string,
    contentId: string | null,
    disposition: string,
    bytes: Uint8Array,
    originalFilename: string | null = filename,
  ): void {
    if (this.files.length >= this.budget.limits.maxAttachments) {
      this.budget.problems.add('too-many-attachments');
      return;
    }
    if (bytes.length > this.attachmentBytesLeft) {
      this.budget.problems.add('attachments-too-large');
      return;
    }
    this.attachmentBytesLeft -= bytes.length;
    this.files.push({
      filename: safeFilename(filename, contentType, this.files.length + 1),
      originalFilename: originalFilename === null ? null : cleanLine(originalFilename, 1000),
      contentType,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      contentId: contentId === null ? null : cleanLine(contentId, 250),
      disposition,
      // A copy of its own, so that handing it to another thread does not take the whole mail along.
      content: new Uint8Array(bytes),
    });
  }

  private htmlOf(sections: readonly Section[]): string | null {
    if (!sections.some((section) => isFilled(section.html))) return null;
    const joined = sections.map((section) => section.html ?? asHtml(section.plain ?? '')).join('\n<br>\n');
    if (joined.length > MAX_HTML_CHARS) this.budget.problems.add('html-truncated');
    return cutText(joined, MAX_HTML_CHARS);
  }
}

function toAttachment({ disposition, ...file }: FoundFile, html: string | null): MailAttachment {
  const isShownInText = file.contentId !== null && html !== null && html.includes(`cid:${file.contentId}`);
  return { ...file, isInline: isShownInText || (disposition === 'inline' && file.contentType.startsWith('image/')) };
}

function textOf(sections: readonly Section[]): string {
  return sections
    .map(({ plain, html }) =>
      isFilled(plain) || html === null ? (plain ?? '') : htmlToReadableText(cutText(html, MAX_HTML_CHARS)),
    )
    .filter(isFilled)
    .join('\n');
}

function asOne(sections: readonly Section[]): Section {
  const join = (texts: (string | null)[]): string | null => {
    const filled = texts.filter(isFilled);
    return filled.length === 0 ? null : filled.join('\n');
  };
  return { plain: join(sections.map((section) => section.plain)), html: join(sections.map((section) => section.html)) };
}

function asHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<p>${escaped.trim().replaceAll('\n', '<br>')}</p>`;
}

function hasContent(section: Section): boolean {
  return isFilled(section.plain) || isFilled(section.html);
}

function isFilled(text: string | null): text is string {
  return text !== null && text.trim() !== '';
}
