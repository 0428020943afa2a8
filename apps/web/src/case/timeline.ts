import type { CaseEventData, CaseEventType, CaseEventView } from '@app/casework';
import { dayInWords, type Actor } from '@app/kernel';
import { clockName } from './clock-in-words';
import { inWords, withinSentence } from './case-words';
import { nameOf } from './people-names';

/** Names for the keys and ids that events carry. */
export interface TimelineNames {
  readonly people: ReadonlyMap<string, string>;
  readonly queues: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
  readonly destinations: ReadonlyMap<string, string>;
}

/** One event of a case in plain words. */
export interface TimelineEntry {
  readonly id: string;
  readonly sentence: string;
  readonly reason: string | null;
  readonly by: string;
  readonly at: string;
}

type Sentence<T extends CaseEventType> = (data: CaseEventData[T], names: TimelineNames) => string;

const HELD: Readonly<Record<string, string>> = {
  'risk-flag': 'a person must first look at the risk alert',
  'may-be-a-machine': 'it may come from a machine',
  'taken-over': 'it was taken over from another system',
  'safe-contact-note': 'the person has a safe-contact note',
  'reply-address-elsewhere': 'the address for replies is on another domain than the letter came from',
};
const MOVED: Readonly<Record<string, string>> = {
  'calendar-changed': 'the bank holidays changed',
  'holiday-calendar': 'the bank holidays changed',
  extended: 'it was extended',
};
const REOPENED: Readonly<Record<string, string>> = { 'new-message': ': the sender wrote again', other: '' };
const CLOSED: Readonly<Record<string, string>> = {
  answered: 'answered',
  'answered-by-telephone': 'answered by telephone',
  'no-reply-needed': 'no reply is needed',
  duplicate: 'it is a duplicate',
  withdrawn: 'it was withdrawn',
  signposted: 'the sender was told where to turn',
  forwarded: 'it was passed on',
  joined: 'it goes on in another case',
  other: 'see the reason',
};

const of = (names: ReadonlyMap<string, string>, key: string): string => names.get(key) ?? inWords(key);
const person = ({ people }: TimelineNames, id: string): string => people.get(id) ?? id;
const clock = (name: string): string => clockName(name).toLowerCase();

/** A sentence for every event type: a new type without one does not compile. */
const SENTENCES: { readonly [T in CaseEventType]: Sentence<T> } = {
  'casework.case-opened': ({ channel }) => `Logged: ${withinSentence(channel)} received`,
  'casework.message-filed': ({ mailKind, senderOnCase }) =>
    mailKind === 'person'
      ? `A further message was filed${senderOnCase ? '' : ', from a sender who is not on the case yet'}`
      : `Filed without asking for an answer: ${withinSentence(mailKind)}`,
  'casework.case-triaged': ({ category, priority, byPerson }, { categories }) =>
    `${byPerson ? 'Sorted by a person' : 'Sorted by the rules'} as ${of(categories, category)}, priority ${priority}`,
  'casework.case-routed': ({ queue }, { queues }) => `Put into the queue ${of(queues, queue)}`,
  'casework.case-allocated': ({ assignee }, names) => `Given to ${person(names, assignee)}`,
  'casework.case-taken': ({ assignee }, names) => `Taken by ${person(names, assignee)}`,
  'casework.case-transferred': ({ queue }, { queues }) => `Moved to the queue ${of(queues, queue)}`,
  'casework.case-forwarded': ({ destination, noticeMessageId }, { destinations }) =>
    `Passed on to ${of(destinations, destination)}; the sender was ${noticeMessageId === null ? 'not told by mail' : 'told'}`,
  'casework.case-paused': () => 'Paused: the clocks stand still',
  'casework.case-resumed': () => 'Resumed: the clocks run on',
  'casework.deadlines-set': ({ because }) => `Deadlines set${because === 'triaged' ? ' for its category' : ''}`,
  'casework.deadline-extended': ({ clock: name, from, to }) =>
    `Deadline for the ${clock(name)} extended from ${dayInWords(from)} to ${dayInWords(to)}`,
  'casework.deadline-moved': ({ clock: name, from, to, because }) =>
    `Deadline for the ${clock(name)} moved from ${dayInWords(from)} to ${dayInWords(to)}: ${MOVED[because] ?? withinSentence(because)}`,
  'casework.deadline-warned': ({ clock: name, dueOn }) =>
    `Warned that the deadline for the ${clock(name)}, ${dayInWords(dueOn)}, is near`,
  'casework.deadline-missed': ({ clock: name, dueOn }) =>
    `Deadline for the ${clock(name)}, ${dayInWords(dueOn)}, passed`,
  'casework.acknowledged': ({ automatic }) => (automatic ? 'Acknowledged automatically' : 'Acknowledged'),
  'casework.acknowledgement-held': ({ because }) =>
    `No automatic acknowledgement: ${HELD[because] ?? withinSentence(because)}`,
  'casework.reply-drafted': () => 'Reply written or changed',
  'casework.reply-submitted': () => 'Reply submitted for approval',
  'casework.reply-approved': () => 'Reply approved',
  'casework.reply-sent-back': () => 'Reply sent back to its author',
  'casework.reply-sent': ({ channel, outgoingMessageId }) =>
    outgoingMessageId === null ? `Answered: ${withinSentence(channel)}` : 'Reply sent',
  'casework.reply-recalled': () => 'Reply taken back before it went out',
  'casework.holding-update-sent': ({ nextUpdateBy }) =>
    `Told how things stand${nextUpdateBy === null ? '' : `; next update by ${dayInWords(nextUpdateBy)}`}`,
  'casework.case-closed': ({ reason }) => `Closed: ${CLOSED[reason] ?? withinSentence(reason)}`,
  'casework.case-reopened': ({ because }) => `Reopened${REOPENED[because] ?? `: ${withinSentence(because)}`}`,
  'casework.case-linked': () => 'Linked to another case',
  'casework.case-unlinked': () => 'Link to another case removed',
  'casework.case-joined': ({ intoReference }) => `Goes on in ${intoReference}`,
  'casework.case-absorbed': ({ reference }) => `Took over what was on ${reference}`,
  'casework.note-added': () => 'Note added',
  'casework.case-restricted': () => 'Restricted to named people',
  'casework.restriction-lifted': () => 'Restriction lifted: seen by everybody in the office',
  'casework.conflict-declared': () => 'A conflict of interest was declared: that person no longer sees the case',
  'casework.case-quarantined': ({ score }) => (score >= 100 ? 'Marked as spam' : 'Held: it looks like spam'),
  'casework.case-released': () => 'Released: it is not spam',
  'casework.risk-raised': ({ level }) => `Risk alert raised: ${level}`,
  'casework.risk-confirmed': () => 'Risk alert confirmed',
  'casework.sender-confirmed': () => 'Sender confirmed as belonging to the case',
  'casework.sender-withdrew': ({ closes }) =>
    closes ? 'Withdrawn by the sender' : 'The sender withdraws it: a person decides, because of the risk flag',
  'casework.sender-not-satisfied': () => 'The sender says that it was not answered',
  'casework.virus-found': ({ finding }) => `A file is held back: the virus scan found ${finding} in it`,
  'casework.answer-bounced': ({ severity }) =>
    `What we sent came back${severity === 'transient' ? ' for the moment' : ''}`,
};

/** What happened, newest first. */
export function timelineOf(events: readonly CaseEventView[], names: TimelineNames): TimelineEntry[] {
  return events
    .map(({ id, type, data, metadata, effectiveAt, reason }) => ({
      id,
      sentence: sentenceOf(type, data, names),
      reason,
      by: nameOf(metadata.actor as unknown as Actor, names.people),
      at: effectiveAt.toISOString(),
    }))
    .reverse();
}

/** Ids of people that the events name, to be looked up at once. */
export function peopleIn(events: readonly CaseEventView[]): string[] {
  return events.flatMap(({ metadata, data }) => [
    (metadata.actor as unknown as Actor).id,
    ...(typeof data.assignee === 'string' ? [data.assignee] : []),
  ]);
}

function sentenceOf(type: string, data: unknown, names: TimelineNames): string {
  // Types of later contexts may stand on the stream: they are named by their type.
  if (!Object.hasOwn(SENTENCES, type)) return inWords(type.replace(/^[a-z]+\./, ''));
  return (SENTENCES[type as CaseEventType] as Sentence<CaseEventType>)(data as never, names);
}
