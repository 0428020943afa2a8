import { decodeCharset } from './decode-charset';

export interface TnefFile {
  readonly filename: string | null;
  readonly contentType: string;
  readonly contentId: string | null;
  readonly content: Uint8Array;
}

export interface TnefContent {
  readonly text: string | null;
  readonly html: string | null;
  readonly files: readonly TnefFile[];
  readonly isDamaged: boolean;
}

type MapiValues = ReadonlyMap<number, { readonly type: number; readonly value: Buffer }>;

interface FileBuilder {
  title: string | null;
  content: Buffer | null;
  properties: MapiValues;
}

const SIGNATURE = 0x223e9f78;
const LEVEL_ATTACHMENT = 2;
// Attribute and property numbers of MS-OXTNEF 2.1.3 and MS-OXPROPS.
const ATTRIBUTE = {
  body: 0x800c,
  data: 0x800f,
  title: 0x8010,
  begin: 0x9002,
  message: 0x9003,
  attachment: 0x9005,
  codePage: 0x9007,
};
const PROPERTY = {
  body: 0x1000,
  html: 0x1013,
  name: 0x3001,
  dataObject: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  type: 0x370e,
  contentId: 0x3712,
};
const UNICODE_STRING = 0x001f;
const OBJECT = 0x000d;
const MULTIPLE = 0x1000;
const FIXED_SIZES: Readonly<Record<number, number>> = {
  2: 2,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 2,
  20: 8,
  64: 8,
  72: 16,
};
const VARIABLE = new Set([0x000d, 0x001e, 0x001f, 0x0102]);
const MAX_FILES = 200;
const MAX_VALUES = 5000;

/**
 * Unpacks the files and the body of a winmail.dat (MS-OXTNEF); null when it is none. Written here because node-tnef
 * copies the rest of the file for every attribute, does not end on a forged property count, replaces
 * `String.prototype.replaceAll` for the whole process and knows only the short file names.
 */
export function readTnef(bytes: Uint8Array): TnefContent | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 6 || buffer.readUInt32LE(0) !== SIGNATURE) return null;
  let codePage = 'windows-1252';
  let properties: MapiValues = new Map();
  let plainBody: Buffer | null = null;
  const files: FileBuilder[] = [];
  let at = 6;
  while (at + 9 <= buffer.length) {
    const level = buffer.readUInt8(at);
    const id = buffer.readUInt16LE(at + 1);
    const length = buffer.readUInt32LE(at + 5);
    const data = buffer.subarray(at + 9, at + 9 + length);
    if (data.length < length || files.length > MAX_FILES) break;
    at += 9 + length + 2;
    const file = files.at(-1);
    if (id === ATTRIBUTE.codePage && length >= 4) codePage = `cp${data.readUInt32LE(0)}`;
    else if (id === ATTRIBUTE.message) properties = readProperties(data);
    else if (id === ATTRIBUTE.body) plainBody = data;
    else if (id === ATTRIBUTE.begin) files.push({ title: null, content: null, properties: new Map() });
    else if (level === LEVEL_ATTACHMENT && file !== undefined) {
      if (id === ATTRIBUTE.title) file.title = text(data, codePage);
      else if (id === ATTRIBUTE.data) file.content = data;
      else if (id === ATTRIBUTE.attachment) file.properties = readProperties(data);
    }
  }
  return {
    text: stringOf(properties, PROPERTY.body, codePage) ?? (plainBody === null ? null : text(plainBody, codePage)),
    html: stringOf(properties, PROPERTY.html, codePage),
    files: files.flatMap((file) => toFile(file, codePage)),
    isDamaged: at < buffer.length,
  };
}

function toFile(file: FileBuilder, codePage: string): TnefFile[] {
  const object = file.properties.get(PROPERTY.dataObject);
  // An enclosed message stands as a TNEF stream of its own behind an interface id of 16 bytes.
  const enclosed = object?.type === OBJECT && object.value.length > 16 ? object.value.subarray(16) : null;
  const content = file.content ?? enclosed;
  if (content === null) return [];
  const named = [PROPERTY.longName, PROPERTY.name, PROPERTY.shortName].map((id) =>
    stringOf(file.properties, id, codePage),
  );
  const filename = named[0] ?? file.title ?? named[1] ?? named[2] ?? null;
  const contentType = stringOf(file.properties, PROPERTY.type, codePage) ?? 'application/octet-stream';
  return [{ filename, contentType, contentId: stringOf(file.properties, PROPERTY.contentId, codePage), content }];
}

function stringOf(properties: MapiValues, id: number, codePage: string): string | null {
  const property = properties.get(id);
  if (property === undefined) return null;
  const value = property.type === UNICODE_STRING ? text(property.value, 'utf-16le') : text(property.value, codePage);
  return value === '' ? null : value;
}

function text(bytes: Buffer, charset: string): string {
  return decodeCharset(bytes, charset).text.replaceAll('\0', '');
}

/** Reads a MAPI property list as far as it is sound. */
function readProperties(data: Buffer): MapiValues {
  const found = new Map<number, { type: number; value: Buffer }>();
  const cursor = new Cursor(data);
  const count = Math.min(cursor.uint32(), MAX_VALUES);
  for (let index = 0; index < count && !cursor.isSpent; index += 1) {
    const type = cursor.uint16();
    const id = cursor.uint16();
    if (id >= 0x8000) skipName(cursor);
    const base = type & ~MULTIPLE;
    const isVariable = VARIABLE.has(base);
    const size = FIXED_SIZES[base];
    if (!isVariable && size === undefined) break;
    const values = isVariable || (type & MULTIPLE) !== 0 ? Math.min(cursor.uint32(), MAX_VALUES) : 1;
    for (let value = 0; value < values && !cursor.isSpent; value += 1) {
      const bytes = cursor.padded(isVariable ? cursor.uint32() : (size ?? 0));
      if (value === 0 && !cursor.isSpent && !found.has(id)) found.set(id, { type: base, value: bytes });
    }
  }
  return found;
}

function skipName(cursor: Cursor): void {
  cursor.padded(16);
  if (cursor.uint32() === 0) cursor.uint32();
  else cursor.padded(cursor.uint32());
}

class Cursor {
  private at = 0;
  isSpent = false;

  constructor(private readonly data: Buffer) {}

  uint16(): number {
    return this.take(2)?.readUInt16LE(0) ?? 0;
  }

  uint32(): number {
    return this.take(4)?.readUInt32LE(0) ?? 0;
  }

  /** Values stand on multiples of four bytes. */
  padded(length: number): Buffer {
    const bytes = this.take(length) ?? Buffer.alloc(0);
    this.at += -length & 3;
    return bytes;
  }

  private take(length: number): Buffer | null {
    if (length > this.data.length - this.at) this.isSpent = true;
    if (this.isSpent) return null;
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}
