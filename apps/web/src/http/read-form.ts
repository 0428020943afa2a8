import type { FastifyRequest } from 'fastify';
import type { GivenAttachment } from '@app/intake';

const MOST_BYTES = 30 * 1024 * 1024;
const MOST_FILES = 20;
const LONGEST_FIELD = 100_000;

export interface SentForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly GivenAttachment[];
  readonly isTooLarge: boolean;
}

/** Reads a form with files, or without (then fields only). What is beyond the limits is read and dropped. */
export async function readForm(request: FastifyRequest): Promise<SentForm> {
  if (!request.isMultipart()) {
    const body = (request.body ?? {}) as Record<string, unknown>;
    const texts = Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return { fields: Object.fromEntries(texts), files: [], isTooLarge: false };
  }
  const fields: Record<string, string> = {};
  const files: GivenAttachment[] = [];
  let bytes = 0;
  let isTooLarge = false;
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value.slice(0, LONGEST_FIELD);
      continue;
    }
    const content = await part.toBuffer();
    // A browser sends an empty part for a file field that was left empty.
    if (content.length === 0 && part.filename === '') continue;
    bytes += content.length;
    if (bytes > MOST_BYTES || files.length >= MOST_FILES) isTooLarge = true;
    else files.push({ filename: safeName(part.filename), contentType: part.mimetype, content });
  }
  return { fields, files, isTooLarge };
}

/** The last part of the name without characters that could mislead. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const cleaned = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '').trim();
  return (cleaned || 'file').toWellFormed().slice(0, 150);
}
