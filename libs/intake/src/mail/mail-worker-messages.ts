import { type MailUnreadableReason } from './mail-unreadable';
import { type ParsedMail } from './parsed-mail';

/** What the pool asks of its worker thread: one mail at a time. */
export interface MailWorkerRequest {
  readonly raw: Uint8Array;
}

export type MailWorkerAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'parsed'; readonly mail: ParsedMail }
  | { readonly type: 'unreadable'; readonly reason: MailUnreadableReason };
