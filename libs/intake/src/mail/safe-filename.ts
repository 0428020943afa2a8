import { cutText } from './clean-text';

export const MAX_FILENAME_CHARS = 150;
const MAX_READ_CHARS = 2000;

// Characters that turn the reading direction or have no width make "exe.fdp" look like "pdf.exe" and the reverse.
const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]/g;

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
const RESERVED = /[<>:"|?*\\/]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// Names that Windows takes for devices, with any extension.
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/msword': '.doc',
  'application/pdf': '.pdf',
  'application/rtf': '.rtf',
  'application/vnd.ms-excel': '.xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': '.xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': '.docx',
  'application/zip': '.zip',
  'audio/mpeg': '.mp3',
  'image/gif': '.gif',
  'image/heic': '.heic',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/tiff': '.tiff',
  'image/webp': '.webp',
  'message/delivery-status': '.txt',
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'text/csv': '.csv',
  'text/html': '.html',
  'text/plain': '.txt',
  'text/rfc822-headers': '.txt',
  'text/vcard': '.vcf',
  'video/mp4': '.mp4',
};

/**
 * A file name that is safe to show, to store and to offer for download on any system: no path, no control, direction
 * or reserved characters, at most 150 characters with its extension kept, and never empty. `ordinal` names the file
 * when the sender did not.
 */
export function safeFilename(original: string | null, contentType: string, ordinal: number): string {
  const fallback = `attachment-${ordinal}${EXTENSIONS[contentType] ?? ''}`;
  const lastSegment =
    withoutMiddle(original ?? '')
      .split(/[/\\]/)
      .findLast((segment) => segment.trim() !== '') ?? '';
  const name = lastSegment
    .replace(INVISIBLE, '')
    .replace(CONTROL, '')
    .replace(LONE_SURROGATE, '_')
    .replace(RESERVED, '_')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '');
  const trimmed = trimEnd(name);
  if (trimmed.replace(/[_.\s-]/g, '') === '') return fallback;
  return shorten(DEVICE.test(trimmed) ? `_${trimmed}` : trimmed);
}

// The extension is at the end of however long a name.
function withoutMiddle(name: string): string {
  return name.length <= MAX_READ_CHARS ? name : name.slice(0, MAX_READ_CHARS / 2) + name.slice(-MAX_READ_CHARS / 2);
}

function shorten(name: string): string {
  if (name.length <= MAX_FILENAME_CHARS) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return trimEnd(cutText(name, MAX_FILENAME_CHARS - extension.length)) + extension;
}

// Windows drops dots and spaces at the end, which would make two names one.
function trimEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}
