/** What a page says once after something was done, by the key in its address: no text of people's in an address. */
const NOTICES: Readonly<Record<string, string>> = {
  saved: 'Saved',
  'case-taken': 'You have this case now',
  'case-allocated': 'The case was given',
  'case-transferred': 'The case was moved',
  'case-triaged': 'The case was sorted',
  'case-paused': 'The case is paused',
  'case-resumed': 'The clocks run on',
  'deadline-extended': 'The deadline was extended',
  'case-linked': 'The cases are linked',
  'case-unlinked': 'The link was removed',
  'note-added': 'The note was added',
  'case-closed': 'The case is closed',
  'case-reopened': 'The case is open again',
  'case-spam': 'Marked as spam',
  'case-released': 'Released: its clocks run',
  'risk-confirmed': 'You have taken the risk alert on',
  'sender-confirmed': 'The sender belongs to this case now',
  'case-forwarded': 'The case was passed on',
  'update-sent': 'The update is on its way',
  'answer-recorded': 'The answer was recorded',
  'reply-saved': 'The draft was saved',
  'reply-submitted': 'Submitted for approval',
  'reply-approved': 'The reply is approved',
  'reply-sent-back': 'The reply went back to its author',
  'reply-sent': 'The reply goes out in a minute',
  'letter-recorded': 'The letter was recorded',
  'reply-recalled': 'The reply was taken back',
  'call-logged': 'The contact was logged',
  'message-cancelled': 'The message was taken back',
  'message-resent': 'The message goes out again',
  'message-marked': 'The message counts as sent',
};

/** The text of a notice; null for a key that is unknown, as an address can be made up. */
export function noticeOf(key: unknown): string | null {
  return typeof key === 'string' && Object.hasOwn(NOTICES, key) ? (NOTICES[key] ?? null) : null;
}
