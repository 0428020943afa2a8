import type { MessageView } from '@app/casework';
import { fileKind, inWords, sizeInWords } from './case-words';

/** A longer text is cut on the page of the case; the message's own page has all of it. */
const LONGEST_SHOWN = 12_000;

/** A message of the thread as the page shows it. */
export interface ShownMessage {
  readonly id: string;
  readonly isInbound: boolean;
  readonly who: string;
  readonly address: string | null;
  readonly to: string;
  readonly channel: string;
  readonly at: string;
  readonly subject: string;
  readonly text: string;
  readonly quoted: string | null;
  readonly isCut: boolean;
  readonly hasHtml: boolean;
  readonly hasOriginal: boolean;
  readonly originalIsMail: boolean;
  readonly isOriginalReleased: boolean;
  /** The sender of an inbound message is nobody that the case knows. */
  readonly isUnknownSender: boolean;
  readonly kind: string | null;
  readonly delivery: string | null;
  readonly outgoingId: string | null;
  /** Nobody needs to read it again each time. */
  readonly isFolded: boolean;
  readonly problems: readonly string[];
  readonly files: readonly ShownFile[];
}

export interface ShownFile {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly isUnscanned: boolean;
  readonly isInfected: boolean;
  readonly isTooLarge: boolean;
  /** False: it cannot be downloaded. */
  readonly isReleased: boolean;
}

const DELIVERY: Readonly<Record<string, string>> = {
  queued: 'Waiting to go out',
  sending: 'Going out now',
  sent: 'Sent',
  uncertain: 'Nobody knows whether it went out',
  failed: 'Could not be sent',
  bounced: 'Came back',
};

const MAIL_KIND: Readonly<Record<string, string>> = {
  'auto-reply': 'Automatic reply',
  bounce: 'Message that came back',
  'delivery-notice': 'Delivery notice',
  'feedback-report': 'Report by a mail provider',
  spam: 'Looks like spam',
};

export function shownMessage(message: MessageView, whole = false): ShownMessage {
  const { text, quoted } = parted(message);
  const isCut = !whole && text.length > LONGEST_SHOWN;
  const isInbound = message.direction === 'inbound';
  return {
    id: message.id,
    isInbound,
    who: message.fromName ?? message.from ?? (isInbound ? 'Sender not known' : 'This office'),
    address: message.from,
    to: message.to.join(', '),
    channel: inWords(message.channel),
    at: message.at,
    subject: message.subject,
    text: isCut ? text.slice(0, LONGEST_SHOWN) : text,
    quoted: isCut ? null : quoted,
    isCut,
    hasHtml: message.html !== null,
    hasOriginal: isInbound,
    isOriginalReleased: message.isOriginalReleased,
    originalIsMail: message.channel === 'email',
    isUnknownSender: isInbound && !message.senderOnCase,
    kind: message.mailKind === null ? null : (MAIL_KIND[message.mailKind] ?? null),
    delivery: message.delivery === null ? null : (DELIVERY[message.delivery] ?? inWords(message.delivery)),
    outgoingId: message.outgoingId,
    isFolded: message.outgoingKind === 'acknowledgement',
    problems: message.problems,
    files: message.attachments.map(shownFile),
  };
}

function shownFile({
  id,
  filename,
  contentType,
  sizeBytes,
  scanStatus,
  isReleased,
}: MessageView['attachments'][number]): ShownFile {
  return {
    id,
    name: filename,
    about: `${fileKind(contentType)}, ${sizeInWords(Number(sizeBytes))}`,
    isUnscanned: scanStatus === 'unscanned',
    isInfected: scanStatus === 'infected',
    isTooLarge: scanStatus === 'too-large',
    isReleased,
  };
}

/** What is new in a letter, and what it quotes. */
function parted({ text, freshText }: MessageView): { text: string; quoted: string | null } {
  if (freshText === null || freshText.trim() === '' || freshText.trim() === text.trim()) return { text, quoted: null };
  // The quotation alone where the new text stands at the beginning, else the whole letter.
  const rest = text.startsWith(freshText) ? text.slice(freshText.length) : text;
  return { text: freshText, quoted: rest.trim() };
}
