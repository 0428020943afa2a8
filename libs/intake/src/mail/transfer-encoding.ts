const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const NO_DIGIT = 0xff;

const BASE64 = new Uint8Array(256).fill(NO_DIGIT);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((char, value) => {
  BASE64[char.charCodeAt(0)] = value;
});
const HEX = new Uint8Array(256).fill(NO_DIGIT);
[...'0123456789ABCDEF'].forEach((char, value) => {
  HEX[char.charCodeAt(0)] = value;
  HEX[char.toLowerCase().charCodeAt(0)] = value;
});

/**
 * Undoes a transfer encoding (RFC 2045 section 6) byte for byte, in one pass and with no more memory than the input.
 * postal-mime's decoders keep an object for every padded unit, which 20 MB of "QQ==" turn into gigabytes, and make
 * every line end a line feed.
 */
export function decodeTransferEncoding(body: Uint8Array, encoding: string): Uint8Array {
  if (encoding === 'base64') return decodeBase64(body);
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(body) : body;
}

// Padding ends a unit wherever it stands: some senders encode every line by itself.
function decodeBase64(body: Uint8Array): Uint8Array {
  const output = new Uint8Array(Math.ceil(body.length * 0.75) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  for (const byte of body) {
    const digit = BASE64[byte] ?? NO_DIGIT;
    if (digit !== NO_DIGIT) {
      bits = ((bits << 6) | digit) & 0xffffff;
      count += 1;
      if (count > 1) output[length++] = (bits >> (8 - 2 * count)) & 0xff;
      if (count === 4) count = 0;
    } else if (byte === EQUALS) {
      count = 0;
    }
  }
  return output.subarray(0, length);
}

function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const output = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte !== EQUALS) {
      output[length++] = byte;
      continue;
    }
    const high = HEX[body[at + 1] ?? 0] ?? NO_DIGIT;
    const low = HEX[body[at + 2] ?? 0] ?? NO_DIGIT;
    if (high !== NO_DIGIT && low !== NO_DIGIT) {
      output[length++] = (high << 4) | low;
      at += 2;
      continue;
    }
    const softEnd = endOfSoftBreak(body, at + 1);
    if (softEnd > 0) at = softEnd - 1;
    else output[length++] = byte;
  }
  return output.subarray(0, length);
}

/** Where the line goes on after a soft line break, which transport may have padded with space; 0 if it is none. */
function endOfSoftBreak(body: Uint8Array, start: number): number {
  let at = start;
  while (body[at] === SPACE || body[at] === TAB) at += 1;
  if (at >= body.length) return at;
  if (body[at] === CR && body[at + 1] === LF) return at + 2;
  return body[at] === LF ? at + 1 : 0;
}
