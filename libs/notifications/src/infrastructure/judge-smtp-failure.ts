import type { Delivery } from '../application/mail-transport';

interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
}

/** Replies that speak of the session or the sign-in, not of the message: once that is mended, it can go. */
const ABOUT_US = new Set([503, 530, 534, 535, 538]);
const ABOUT_THE_MESSAGE = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
/** nodemailer's own checks of envelope and message, before anything is sent. */
const UNFIT = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * What a failed sending means for the message. A reply of the server settles it; without one, the message may be out
 * as soon as any of its content was on its way.
 */
export function judgeFailure(error: unknown, hadContentBegun: boolean): Delivery {
  const { code, command, response, responseCode } = (error ?? {}) as SmtpFailure;
  if (typeof responseCode === 'number' && responseCode >= 400 && responseCode < 600) {
    const reply = replyCode(responseCode, response);
    const isAboutTheMessage = hadContentBegun || (typeof command === 'string' && ABOUT_THE_MESSAGE.has(command));
    if (responseCode >= 500 && isAboutTheMessage && !ABOUT_US.has(responseCode)) {
      return { outcome: 'refused', reply, because: `the mail server refused it (${reply})` };
    }
    return { outcome: 'deferred', reply, because: `the mail server did not take it for now (${reply})` };
  }
  const what = typeof code === 'string' ? code : 'no code';
  if (hadContentBegun) return { outcome: 'unknown', because: `the connection broke while it was being sent (${what})` };
  if (UNFIT.has(what))
    return { outcome: 'refused', reply: null, because: 'its addresses or size do not fit the mail server' };
  return { outcome: 'deferred', reply: null, because: `the mail server could not be reached (${what})` };
}

/** Basic and enhanced code (RFC 3463) only: the words after them often repeat the recipient's address. */
function replyCode(responseCode: number, response: unknown): string {
  const enhanced = typeof response === 'string' ? /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] : undefined;
  return enhanced === undefined ? String(responseCode) : `${String(responseCode)} ${enhanced}`;
}
