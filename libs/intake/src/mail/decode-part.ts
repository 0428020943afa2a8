import PostalMime from 'postal-mime';
import { recodeEncodedWords } from './encoded-words';
import { type HeaderField, type MimePart } from './split-mime';
import { parseStructuredField, type StructuredField } from './structured-field';
import { decodeTransferEncoding } from './transfer-encoding';

/** One leaf of a mail with its content as the sender had it before it was encoded for transport. */
export interface DecodedPart {
  readonly contentType: string;
  readonly parameters: StructuredField['parameters'];
  readonly disposition: string;
  readonly filename: string | null;
  readonly contentId: string | null;
  readonly content: Uint8Array;
}

const TOKEN = /^[a-z0-9!#$&^_.+-]{1,127}\/[a-z0-9!#$&^_.+-]{1,127}$/;

/** Undoes the transfer encoding of a leaf and reads what its header says of it. */
export async function decodePart(part: MimePart): Promise<DecodedPart> {
  const disposition = parseStructuredField(fieldOf(part.fields, 'content-disposition') ?? '');
  const encoding = /[\w-]+/.exec(fieldOf(part.fields, 'content-transfer-encoding')?.toLowerCase() ?? '')?.[0] ?? '';
  return {
    contentType: TOKEN.test(part.contentType.value) ? part.contentType.value : 'application/octet-stream',
    parameters: part.contentType.parameters,
    disposition: disposition.value,
    filename: await filenameOf(part.contentType, disposition),
    contentId: contentIdOf(part.fields),
    content: decodeTransferEncoding(part.body, encoding),
  };
}

// postal-mime knows all the ways in which file names are encoded and continued (RFC 2231, RFC 2047, and both at once).
async function filenameOf(contentType: StructuredField, disposition: StructuredField): Promise<string | null> {
  if (!/name/i.test(contentType.tail + disposition.tail)) return null;
  const header = [
    `Content-Type: application/octet-stream${recodeEncodedWords(contentType.tail)}`,
    `Content-Disposition: attachment${recodeEncodedWords(disposition.tail)}`,
    '\n',
  ].join('\n');
  const email = await PostalMime.parse(header, { maxHeadersSize: 2 * header.length });
  return email.attachments[0]?.filename ?? null;
}

/** The first value of a header field. */
export function fieldOf(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name)?.value;
}

function contentIdOf(fields: readonly HeaderField[]): string | null {
  const id = (fieldOf(fields, 'content-id') ?? '').replace(/[<>\s]/g, '').slice(0, 250);
  return id === '' ? null : id;
}
