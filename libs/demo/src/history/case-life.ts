import { londonDate } from '@app/kernel';
import type { Arrival } from './arrivals';
import { receive } from './arrival-of-letter';
import { answer } from './case-answer';
import { followTriage, liveReview } from './reviews/review-life';
import { caseworkersOf, managerOf, reviewerOf } from './staff';
import type { LivedCase, World } from './world';

/** What becomes of a case: first by the service within seconds, then by the people of the office. */
export function live(world: World, { isUntouched }: Arrival, lived: LivedCase): void {
  const { worked, contact } = lived;
  const opened = contact.filedAt;
  world.soon(lived, opened, 1_200, async (at) => {
    const triaged = await worked.triageByRules(contact, at);
    if (triaged) followTriage(world, lived, at);
    if (triaged) world.soon(lived, at, 500, (routed) => worked.routeAfter(triaged.event, routed));
  });
  world.soon(lived, opened, 2_600, async (at) => {
    world.deliver(lived, await worked.acknowledgeAutomatically(at), at);
  });
  if (worked.state.status === 'quarantined') lookThroughQuarantine(world, lived);
  else if (!isUntouched) world.soon(lived, opened, 5_000, (at) => takeUp(world, lived, at));
  if (contact.channel === 'email' && world.dice.chance(0.015)) vacation(world, lived);
}

/** The first look of a person at the case. */
function takeUp(world: World, lived: LivedCase, now: Date): void {
  const { dice, hours } = world;
  const { worked } = lived;
  const { office, riskLevel, queue } = worked.state;
  const today = londonDate(now);
  const isOpen = hours.isOpen(today) && now < hours.at(today, 16, 30) && now >= hours.at(today, 9);
  const isUrgent = riskLevel !== 'none';
  const isMedia = lived.letter.category === 'media-enquiry';
  const day =
    isUrgent || isMedia
      ? hours.after(today, isOpen ? 0 : 1)
      : hours.after(
          today,
          dice.weighted([0, 1, 2, 3], (d) => [3, 5, 2, 0.6][d] ?? 1),
        );
  const soonest = day === today ? now : hours.at(day, 9);
  const minutes = isUrgent ? dice.int(6, 50) : dice.int(10, day === today ? 120 : 420);
  const at = new Date(soonest.getTime() + minutes * 60_000);
  const worker = dice.pick(caseworkersOf(office, queue));
  world.plan(lived, at, async (then) => {
    if (isUrgent) worked.confirmRisk(world.then(then, worker, office));
    await sort(world, lived, worker, then);
    followTriage(world, lived, then);
    if (lived.review && lived.worked.state.kind === 'review') {
      lived.worker = reviewerOf(office);
      if (worked.may('allocate')) worked.allocate(lived.worker, world.then(then, lived.worker, office));
      liveReview(world, lived, lived.worker, then);
      return;
    }
    lived.worker = worker;
    if (dice.chance(0.2)) worked.allocate(worker, world.then(then, managerOf(office), office));
    else worked.take(world.then(then, worker, office));
    relate(world, lived, worker, then);
    beyond(world, lived, worker, then);
  });
}

/** What the rules took for something else is put right by a person. */
async function sort(world: World, { worked, letter }: LivedCase, worker: string, at: Date): Promise<void> {
  const { category, office } = worked.state;
  if (category === letter.category) return;
  const reason = category === 'general-enquiry' ? null : world.dice.pick(world.words.triageReasons);
  await worked.triageByPerson(letter.category, reason, world.then(at, worker, office));
}

/** Links it to another case about the same, and leaves a note. */
function relate(world: World, lived: LivedCase, worker: string, at: Date): void {
  const { dice } = world;
  const { worked, letter } = lived;
  const { office } = worked.state;
  const isCampaign = letter.topic === 'campaign';
  if (dice.chance(isCampaign ? 0.02 : 0.05)) {
    const other = [...world.living].find(
      (each) =>
        each !== lived &&
        each.letter.topic === letter.topic &&
        each.worked.state.office === office &&
        each.worked.state.status !== 'quarantined',
    );
    if (other) worked.link(other.worked, world.then(at, worker, office));
  }
  if (!isCampaign && dice.chance(0.25)) worked.note(dice.pick(world.words.notes), world.then(at, worker, office));
}

/** Acknowledged where the service could not, passed on where it belongs elsewhere, and answered. */
function beyond(world: World, lived: LivedCase, worker: string, now: Date): void {
  const { dice, hours } = world;
  const { worked, letter } = lived;
  const { office, acknowledgedAt } = worked.state;
  const today = londonDate(now);
  if (acknowledgedAt === null) {
    const later = dice.chance(0.93) ? 0 : dice.int(3, 6);
    const at =
      later === 0 ? new Date(now.getTime() + 12 * 60_000) : hours.at(hours.after(today, later), 10, dice.int(0, 59));
    world.plan(lived, at, async (then) => {
      if (worked.state.closedAt !== null) return;
      world.deliver(lived, await worked.acknowledgeByPerson(world.then(then, worker, office)), then);
    });
  }
  if (letter.closeOnly !== null) {
    const at = hours.at(hours.after(today, dice.int(1, 5)), dice.int(9, 16), dice.int(0, 59));
    const reason = letter.closeOnly;
    world.plan(lived, at, (then) => worked.close(reason, world.then(then, worker, office)));
    return;
  }
  const isForElsewhere = worked.state.deadlines.some(({ clock, metOn }) => clock === 'forward' && metOn === null);
  if (isForElsewhere && dice.chance(0.9)) {
    const later = dice.chance(0.85) ? 0 : dice.int(1, 4);
    const minute = dice.int(20, 55);
    const at =
      later === 0 ? new Date(now.getTime() + minute * 60_000) : hours.at(hours.after(today, later), 11, minute);
    world.plan(lived, at, (then) => passOn(world, lived, worker, then));
    return;
  }
  answer(world, lived, worker, now);
}

async function passOn(world: World, lived: LivedCase, worker: string, at: Date): Promise<void> {
  const { dice, hours } = world;
  const { worked, letter, contact } = lived;
  const { office } = worked.state;
  if (!worked.may('forward')) return;
  const how = { destination: letter.forward, reason: dice.pick(world.words.forwards), consent: true };
  const sent = await worked.forward(
    { ...how, itemId: contact.itemId, text: contact.text },
    world.then(at, worker, office),
  );
  for (const message of sent) world.deliver(lived, message, at);
  // Some are done with when they are passed on; to the others the answer comes through the office.
  if (sent.length > 0 && dice.chance(closedWhenPassedOn(letter.category))) {
    const day = hours.after(londonDate(at), dice.int(4, 12));
    world.plan(lived, hours.at(day, 14, dice.int(0, 59)), (then) =>
      worked.close('forwarded', world.then(then, worker, office)),
    );
  } else answer(world, lived, worker, at);
}

/** The force answers complaints and reports itself; on local policing the answer comes through the office. */
function closedWhenPassedOn(category: string): number {
  return category === 'operational-issue' ? 0.12 : 0.5;
}

function lookThroughQuarantine(world: World, lived: LivedCase): void {
  const { dice, hours } = world;
  const { worked } = lived;
  if (!dice.chance(0.75)) return;
  const { office } = worked.state;
  const day = hours.after(londonDate(lived.contact.filedAt), dice.int(3, 12));
  const worker = dice.pick(caseworkersOf(office, null));
  world.plan(lived, hours.at(day, 9, dice.int(0, 40)), (at) => worked.close('spam', world.then(at, worker, office)));
}

/** The writer is away: their mail program answers our acknowledgement. */
function vacation(world: World, lived: LivedCase): void {
  const { worked, contact } = lived;
  const { office } = worked.state;
  const { subject, body: text } = world.special.vacation;
  world.soon(lived, contact.filedAt, 20_000, (at) => {
    const reply = receive(world, {
      ...{ office, channel: 'email', correspondent: worked.correspondent, subject, text, at },
      ...{ headers: ['Auto-Submitted: auto-replied'], mailKind: 'auto-reply' },
    });
    world.soon(lived, at, 900, async (filedAt) => {
      const by = worked.consumer('intake.file-mail', reply.item.receivedEventId ?? '');
      const messageId = await worked.file(reply.contact, { at: filedAt, by });
      reply.item.filed('automatic-reply-filed', worked.id, messageId, filedAt);
    });
  });
}
