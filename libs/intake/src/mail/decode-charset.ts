import { decode as iconvDecode, encodingExists } from 'iconv-lite';

export interface DecodedText {
  readonly text: string;
  readonly problem: 'charset-unknown' | 'charset-wrong' | null;
}

// iconv-lite also lists these, which are not charsets: "decoding" base64 would print base64.
const NOT_A_CHARSET = /^(?:base64|hex|binary|internal|cesu8|utf7imap)$/;
const MOSTLY_READABLE = 0.02;

/**
 * Bytes to text whatever the sender says about them: the declared charset if it fits, else UTF-8 if it fits exactly,
 * else windows-1252, which never fails. Single-byte charsets accept any byte, so text that is exact UTF-8 is read as
 * UTF-8 even when another one is declared. `isCut` says that the bytes may end within a character.
 */
export function decodeCharset(bytes: Uint8Array, declared: string | null, isCut = false): DecodedText {
  const label = normaliseLabel(declared);
  if (isAscii(bytes) && !isSevenBitEncoding(label)) return { text: asciiText(bytes), problem: null };
  if (label === '') return guess(bytes, isCut, null, 'charset-unknown');

  const standard = standardLabel(label);
  if (standard === 'utf-8') return guess(bytes, isCut, null, 'charset-wrong');
  if (standard === null) {
    const key = label.replace(/[^a-z0-9]/g, '');
    if (NOT_A_CHARSET.test(key) || !encodingExists(label))
      return guess(bytes, isCut, 'charset-unknown', 'charset-unknown');
    return singleByte(bytes, isCut, label);
  }
  return isSingleByte(standard) ? singleByte(bytes, isCut, standard) : multiByte(bytes, standard, isCut);
}

function guess(
  bytes: Uint8Array,
  isCut: boolean,
  ifUtf8: DecodedText['problem'],
  ifNot: DecodedText['problem'],
): DecodedText {
  const utf8 = strictly(bytes, 'utf-8', isCut);
  if (utf8 !== null) return { text: utf8, problem: ifUtf8 };
  const lenient = new TextDecoder('utf-8').decode(bytes);
  // A long UTF-8 text with a few broken bytes stays readable; as windows-1252 all of it would be garbled.
  if (/[\u0080-\ufffc]/.test(lenient) && brokenShare(lenient) < MOSTLY_READABLE) {
    return { text: lenient, problem: ifNot };
  }
  return { text: windows1252(bytes), problem: ifNot };
}

function singleByte(bytes: Uint8Array, isCut: boolean, label: string): DecodedText {
  const utf8 = strictly(bytes, 'utf-8', isCut);
  if (utf8 !== null)
    return isAscii(bytes) ? { text: iconv(bytes, label), problem: null } : { text: utf8, problem: 'charset-wrong' };
  return { text: iconv(bytes, label), problem: null };
}

// The double-byte charsets of East Asia are tried first: short texts in them can be exact UTF-8 by accident.
function multiByte(bytes: Uint8Array, label: string, isCut: boolean): DecodedText {
  const exact = strictly(bytes, label, isCut);
  if (exact !== null) return { text: exact, problem: null };
  const utf8 = strictly(bytes, 'utf-8', isCut);
  if (utf8 !== null) return { text: utf8, problem: 'charset-wrong' };
  const lenient = new TextDecoder(label).decode(bytes);
  if (brokenShare(lenient) < MOSTLY_READABLE) return { text: lenient, problem: 'charset-wrong' };
  return { text: windows1252(bytes), problem: 'charset-wrong' };
}

function strictly(bytes: Uint8Array, label: string, isCut: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return null;
  }
}

function brokenShare(text: string): number {
  let broken = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) broken += 1;
  return text.length === 0 ? 0 : broken / text.length;
}

function windows1252(bytes: Uint8Array): string {
  return iconv(bytes, 'windows-1252');
}

// iconv-lite also where TextDecoder would do: Node 20 to 23 read windows-1252 as ISO 8859-1 in some releases.
function iconv(bytes: Uint8Array, label: string): string {
  if (!encodingExists(label)) return new TextDecoder(label).decode(bytes);
  return iconvDecode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), label);
}

function normaliseLabel(declared: string | null): string {
  const label = (declared ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']+|["']+$/g, '')
    .replace(/\*.*$/, '')
    .slice(0, 60);
  return /^(?:(?:us-)?ascii|ansi_x3\.4-1968|(?:x-)?unknown(?:-8bit)?|[78]bit|none|default)$/.test(label) ? '' : label;
}

function standardLabel(label: string): string | null {
  for (const candidate of [
    label,
    label.replace(/^(?:x-|cs)/, ''),
    label.replace(/^(?:cp|ms|win)-?(\d{3,5})$/, 'windows-$1'),
  ]) {
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      continue;
    }
  }
  return null;
}

function isSingleByte(encoding: string): boolean {
  return /^(?:iso-8859-|windows-|koi8-|ibm866|macintosh|x-mac-|x-user-defined)/.test(encoding);
}

function isSevenBitEncoding(label: string): boolean {
  return /^(?:iso-2022|csiso2022|hz-gb|utf-?7|utf-?16|utf-?32|ucs-?2|unicode)/.test(label);
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

function asciiText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
