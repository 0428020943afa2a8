import { decodeWords } from 'postal-mime';
import { decodeCharset } from './decode-charset';
import { decodeTransferEncoding } from './transfer-encoding';

const ENCODED_WORD = /=\?([^?\s]{1,60})\?([QqBb])\?([^?]*)\?=/g;
const MAX_WORDS = 2000;

interface EncodedWord {
  readonly charset: string;
  readonly isBase64: boolean;
  readonly payload: string;
  readonly start: number;
  readonly end: number;
}

/** A header value in readable characters (RFC 2047), with charsets read as `decodeCharset` reads them. */
export function decodeHeaderText(value: string): string {
  return value.includes('=?') ? decodeWords(recodeEncodedWords(value)) : value;
}

/**
 * Rewrites encoded words to UTF-8 and leaves them encoded, so that an address parser still sees a display name as one
 * word whatever it decodes to. postal-mime alone would read a wrong or unknown charset as windows-1252.
 */
export function recodeEncodedWords(value: string): string {
  if (!value.includes('=?')) return value;
  const output: string[] = [];
  let written = 0;
  for (const run of runsOfWords(value)) {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    // A character may be cut in two by the end of a word, so bytes are joined before they are decoded.
    const bytes = Buffer.concat(run.map(wordBytes));
    const text = decodeCharset(bytes, first.charset).text;
    output.push(value.slice(written, first.start), `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);
    written = last.end;
  }
  return output.join('') + value.slice(written);
}

function runsOfWords(value: string): EncodedWord[][] {
  const runs: EncodedWord[][] = [];
  let previous: EncodedWord | undefined;
  let count = 0;
  for (const match of value.matchAll(ENCODED_WORD)) {
    const [whole, charset = '', encoding = '', payload = ''] = match;
    const word: EncodedWord = {
      charset: charset.toLowerCase(),
      isBase64: encoding.toUpperCase() === 'B',
      payload,
      start: match.index,
      end: match.index + whole.length,
    };
    const isJoined =
      previous !== undefined &&
      previous.charset === word.charset &&
      previous.isBase64 === word.isBase64 &&
      /^[ \t]*$/.test(value.slice(previous.end, word.start));
    if (isJoined) runs.at(-1)?.push(word);
    else runs.push([word]);
    previous = word;
    count += 1;
    if (count >= MAX_WORDS) break;
  }
  return runs;
}

function wordBytes(word: EncodedWord): Uint8Array {
  if (word.isBase64) return decodeTransferEncoding(Buffer.from(word.payload, 'latin1'), 'base64');
  return decodeTransferEncoding(Buffer.from(word.payload.replaceAll('_', ' '), 'utf8'), 'quoted-printable');
}
