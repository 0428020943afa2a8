import { PastItem } from '@app/intake';
import type { PastContact, PastCorrespondent } from '@app/casework';
import { systemCaller, type Caller } from '@app/platform';
import type { Arrival } from './arrivals';
import { mailOctets } from './past-mail';
import { caseworkersOf } from './staff';
import type { LivedCase, World } from './world';

const LOGGED_BY_STAFF: readonly string[] = ['phone', 'letter', 'in-person', 'event', 'social-media'];

/** What one letter is made of when it reaches the office. */
interface Writing {
  readonly office: string;
  readonly channel: string;
  readonly correspondent: PastCorrespondent;
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
  readonly headers?: readonly string[];
  readonly mailKind: string;
}

/** Puts an item into the ledger and says how it is filed. */
export function receive(world: World, writing: Writing): { item: PastItem; contact: PastContact } {
  const { office, channel, correspondent, subject, text, at, headers, mailKind } = writing;
  const { log } = world;
  const isMail = channel === 'email';
  const to = world.mailboxOf(office);
  const { name, email } = correspondent;
  const messageId = isMail ? `${log.newId().slice(0, 18)}@${(email ?? 'mail.example').split('@')[1] ?? ''}` : null;
  const raw =
    messageId === null
      ? Buffer.from(JSON.stringify({ channel, receivedAt: at, subject, body: text, correspondent, attachments: [] }))
      : mailOctets({
          ...{ fromName: name ?? '', fromAddress: email ?? '', to, subject, at, messageId, body: text },
          ...(headers ? { headers } : {}),
        });
  const mailbox = isMail ? to : channel === 'web-form' ? 'web-form' : 'api';
  const item = new PastItem(log, { office, mailbox, channel, raw, envelopeFrom: isMail ? email : null, at });
  const contact: PastContact = {
    itemId: item.id,
    channel,
    receivedAt: at,
    filedAt: at,
    fromName: name,
    fromAddress: email,
    toAddresses: isMail ? [to] : [],
    subject,
    text,
    mailKind: isMail ? mailKind : null,
    mailMessageId: messageId,
  };
  return { item, contact };
}

/** A letter comes in and gets a case of its own: at once where a person or the form logs it, else when it is filed. */
export async function arrive(world: World, arrival: Arrival, live: (lived: LivedCase) => void): Promise<void> {
  const { office, letter, at } = arrival;
  const { channel, correspondent, subject, body: text } = letter;
  const { item, contact } = receive(world, { office, channel, correspondent, subject, text, at, mailKind: 'person' });
  const open = async (filedAt: Date, by: Caller): Promise<void> => {
    const { opened, messageId } = await world.cases.open(
      { office, contact: { ...contact, filedAt }, correspondent, closeReason: null, spamScore: letter.spamScore },
      by,
    );
    item.filed(letter.spamScore === null ? 'case-opened' : 'quarantined', opened.id, messageId, filedAt);
    const lived: LivedCase = { worked: opened, letter, contact, planned: 0, worker: null, review: null };
    world.living.add(lived);
    live(lived);
  };
  if (channel !== 'email') return open(at, loggedBy(world, arrival));
  world.timeline.follow(new Date(at.getTime() + 900), (filedAt) =>
    open(filedAt, systemCaller('intake.file-mail', item.id, item.receivedEventId)),
  );
}

function loggedBy(world: World, { office, letter: { channel } }: Arrival): Caller {
  if (LOGGED_BY_STAFF.includes(channel)) return world.person(world.dice.pick(caseworkersOf(office, null)), office);
  const actor = { kind: 'public', id: 'anonymous' } as const;
  const correlationId = world.log.newId();
  return { actor, role: 'public', offices: [office], system: false, correlationId, causationId: null };
}
