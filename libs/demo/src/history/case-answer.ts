import { addDays, londonDate } from '@app/kernel';
import type { PastMessage } from '@app/notifications';
import { receive } from './arrival-of-letter';
import { managerOf } from './staff';
import type { LivedCase, World } from './world';

/** How many answers are in time: less in the first months and in the exceptional one. */
function shareInTime(world: World, at: Date): number {
  const daysBefore = (world.timeline.end.getTime() - at.getTime()) / 86_400_000;
  if (daysBefore > 365 && daysBefore < 405) return 0.62;
  if (daysBefore > 540) return 0.81;
  return daysBefore > 300 ? 0.86 : 0.92;
}

/** The way to the answer, from the day on which somebody took the case up. */
export function answer(world: World, lived: LivedCase, worker: string, from: Date): void {
  const { dice, hours } = world;
  const { channel } = lived.worked.state;
  const start = londonDate(from);
  if (channel === 'phone' && dice.chance(0.55)) {
    const at = hours.at(hours.after(start, dice.int(0, 4)), 16, dice.int(40, 59));
    world.plan(lived, later(at, from), (then) => speak(world, lived, worker, then));
    return;
  }
  if (isStuck(world, from)) {
    keepInformed(world, lived, worker, start, addDays(start, 365));
    return;
  }
  const done = dayOfAnswer(world, lived, start, from);
  const isPaused = dice.chance(0.05);
  const finish = isPaused ? pause(world, lived, worker, start, done) : done;
  if (!isPaused && dice.chance(0.04)) extend(world, lived, worker, start);
  keepInformed(world, lived, worker, start, finish);
  const written = hours.before(finish, dice.int(0, 2));
  const at = later(hours.at(written < start ? start : written, dice.int(9, 12), dice.int(0, 59)), from);
  world.plan(lived, at, (then) => write(world, lived, worker, then, finish));
}

/** Some of the newer cases wait for somebody else and have no answer when the history ends. */
function isStuck({ dice, timeline }: World, from: Date): boolean {
  const daysBefore = (timeline.end.getTime() - from.getTime()) / 86_400_000;
  return daysBefore < 120 && dice.chance(daysBefore < 60 ? 0.09 : 0.025);
}

/** In time for most, some working days late for the others. */
function dayOfAnswer(world: World, { worked }: LivedCase, start: string, at: Date): string {
  const { dice, hours } = world;
  const due = worked.state.deadlines.find(({ clock, metOn }) => clock === 'reply' && metOn === null)?.dueOn ?? null;
  if (due === null || due <= start) return hours.after(start, dice.int(0, 2));
  if (!dice.chance(shareInTime(world, at))) return hours.after(due, dice.int(1, dice.chance(0.3) ? 16 : 6));
  // Most answers come in the second half of the time.
  let left = 0;
  for (let day = start; day < due; day = hours.after(day, 1)) left += 1;
  const share = 1 - dice.next() ** 1.6;
  const day = hours.after(start, Math.max(0, Math.floor(left * share)));
  return day > due ? hours.before(due, 1) : day;
}

/** Returns the day of the answer, moved by the pause. */
function pause(world: World, lived: LivedCase, worker: string, start: string, done: string): string {
  const { dice, hours } = world;
  const { worked } = lived;
  const { office } = worked.state;
  const from = hours.after(start, 1);
  const days = dice.int(3, 9);
  const to = hours.after(from, days);
  world.plan(lived, hours.at(from, 11, dice.int(0, 59)), (at) => {
    if (worked.may('pause')) worked.pause(dice.pick(world.words.pauses), world.then(at, worker, office));
  });
  world.plan(lived, hours.at(to, 9, dice.int(0, 29)), (at) => {
    if (worked.may('resume')) worked.resume(world.then(at, worker, office));
  });
  return hours.after(done > to ? done : to, days);
}

function extend(world: World, lived: LivedCase, worker: string, start: string): void {
  const { dice, hours } = world;
  const { worked } = lived;
  const { office } = worked.state;
  world.plan(lived, hours.at(hours.after(start, dice.int(3, 9)), 15, dice.int(0, 59)), (at) => {
    const due = worked.state.deadlines.find(({ clock, metOn }) => clock === 'reply' && metOn === null)?.dueOn ?? null;
    if (due === null || !worked.may('extend')) return;
    const to = hours.after(due, dice.int(5, 12));
    worked.extend('reply', to, dice.pick(world.words.extensions), world.then(at, worker, office));
  });
}

/** Says how things stand before the day on which that is due. */
export function keepInformed(world: World, lived: LivedCase, worker: string, start: string, finish: string): void {
  const { dice, hours } = world;
  const { worked } = lived;
  const { office } = worked.state;
  const due = worked.state.deadlines.find(({ clock, metOn }) => clock === 'update' && metOn === null)?.dueOn ?? null;
  if (due === null || finish <= due || !dice.chance(0.85)) return;
  const day = hours.before(due, dice.int(0, 2));
  world.plan(lived, hours.at(day < start ? hours.after(start, 1) : day, 10, dice.int(0, 59)), async (at) => {
    if (!worked.may('hold-update') || worked.state.answeredAt !== null) return;
    world.deliver(lived, await worked.holdUpdate(world.then(at, worker, office)), at);
  });
}

async function write(world: World, lived: LivedCase, worker: string, at: Date, finish: string): Promise<void> {
  const { dice, hours } = world;
  const { worked, letter } = lived;
  const { office } = worked.state;
  if (!worked.may('draft')) return;
  await worked.draft(letter.reply, world.then(at, worker, office));
  const submitted = new Date(at.getTime() + dice.int(8, 50) * 60_000);
  world.plan(lived, submitted, (then) => {
    if (worked.state.draftState === 'draft' && worked.may('submit')) worked.submit(world.then(then, worker, office));
  });
  const approver = managerOf(office);
  let approved = new Date(submitted.getTime() + dice.int(20, 160) * 60_000);
  if (letter.topic !== 'campaign' && dice.chance(0.06)) {
    const backAt = approved;
    world.plan(lived, backAt, (then) => {
      if (worked.may('send-back') && worked.state.draftState === 'submitted') {
        worked.sendBack(dice.pick(world.words.sendBacks), world.then(then, approver, office));
      }
    });
    const again = new Date(backAt.getTime() + 25 * 60_000);
    world.plan(lived, again, async (then) => {
      if (worked.may('draft')) await worked.draft(letter.reply, world.then(then, worker, office));
    });
    world.plan(lived, new Date(again.getTime() + 60_000), (then) => {
      if (worked.state.draftState === 'draft' && worked.may('submit')) worked.submit(world.then(then, worker, office));
    });
    approved = new Date(again.getTime() + 40 * 60_000);
  }
  const onDay = finish > londonDate(approved) ? hours.at(finish, 9, dice.int(0, 59)) : approved;
  world.plan(lived, onDay, (then) => {
    if (worked.may('approve') && worked.state.draftState !== null) worked.approve(world.then(then, approver, office));
  });
  world.plan(lived, new Date(onDay.getTime() + dice.int(5, 90) * 60_000), (then) => send(world, lived, worker, then));
}

function send(world: World, lived: LivedCase, worker: string, at: Date): void {
  const { worked } = lived;
  if (worked.state.draftState !== 'approved' || !worked.may('send')) return;
  const message = worked.sendDraft(world.then(at, worker, worked.state.office));
  world.deliver(lived, message, at);
  if (message && world.dice.chance(0.012)) bounce(world, lived, message, at);
  afterwards(world, lived, worker, at);
}

function speak(world: World, lived: LivedCase, worker: string, at: Date): void {
  const { worked } = lived;
  if (!worked.may('send')) return;
  const { dice } = world;
  worked.sendSpoken('phone', dice.pick(world.words.spoken), world.then(at, worker, worked.state.office));
  afterwards(world, lived, worker, at);
}

/** Closed after some days, unless the writer comes back or the office takes it up again. */
function afterwards(world: World, lived: LivedCase, worker: string, at: Date): void {
  const { dice, hours } = world;
  const { worked, contact, letter } = lived;
  const { office } = worked.state;
  const day = londonDate(at);
  const closes = hours.at(hours.after(day, dice.int(0, 4)), 16, dice.int(0, 59), dice.int(0, 59));
  world.plan(lived, later(closes, at), (then) => {
    if (worked.may('close') && worked.state.status === 'sent')
      worked.close('answered', world.then(then, worker, office));
  });
  if (letter.topic === 'campaign') return;
  if (contact.channel === 'email' && dice.chance(0.07)) writeAgain(world, lived, worker, day);
  else if (dice.chance(0.015)) {
    const again = hours.at(hours.after(day, dice.int(6, 20)), 10, dice.int(0, 59));
    world.plan(lived, again, async (then) => {
      if (!worked.may('reopen')) return;
      await worked.reopen(dice.pick(world.words.reopenings), world.then(then, worker, office));
      answer(world, lived, worker, then);
    });
  }
}

/** The writer answers our answer. */
function writeAgain(world: World, lived: LivedCase, worker: string, day: string): void {
  const { dice, hours } = world;
  const { worked, contact } = lived;
  const { office } = worked.state;
  const text = `${dice.pick(world.words.followUps)}\n\n${contact.fromName ?? ''}`;
  const at = hours.at(addDays(day, dice.int(1, 14)), dice.int(7, 22), dice.int(0, 59));
  world.plan(lived, at, (now) => {
    const subject = worked.letters.replySubject(worked.state.reference);
    const mail = { office, channel: 'email', correspondent: worked.correspondent, subject, text, at: now };
    const { item, contact: next } = receive(world, { ...mail, mailKind: 'person' });
    world.soon(lived, now, 900, async (filedAt) => {
      const by = worked.consumer('intake.file-mail', item.receivedEventId ?? '');
      const messageId = await worked.file(next, { at: filedAt, by });
      item.filed('filed-on-case', worked.id, messageId, filedAt);
      const soonest = hours.at(hours.after(londonDate(filedAt), 1), 10, dice.int(0, 59));
      world.plan(lived, soonest, (then) => {
        if (worked.may('take')) worked.allocate(worker, world.then(then, managerOf(office), office));
        answer(world, lived, worker, then);
      });
    });
  });
}

/** Our answer comes back: nobody has that address. The office tells the writer another way. */
function bounce(world: World, lived: LivedCase, message: PastMessage, sent: Date): void {
  const { worked } = lived;
  const { office } = worked.state;
  const from = { name: 'Mail Delivery System', email: 'mailer-daemon@mail.example' };
  const correspondent = { ...from, phone: null, postcode: null, organisation: null, capacity: null };
  world.soon(lived, sent, 9_000, (at) => {
    const text = `Your message to ${worked.correspondent.email ?? ''} could not be delivered.\n\n550 5.1.1 no such mailbox\n`;
    const headers = ['Auto-Submitted: auto-replied', `References: <${message.mailMessageId}>`];
    const mail = { office, channel: 'email', correspondent, subject: 'Undelivered Mail Returned to Sender', text, at };
    const { item, contact } = receive(world, { ...mail, headers, mailKind: 'bounce' });
    world.soon(lived, at, 900, async (filedAt) => {
      const by = worked.consumer('intake.file-mail', item.receivedEventId ?? '');
      const bounced = message.bounced(filedAt, 'hard', by);
      const messageId = await worked.file(contact, { at: filedAt, by });
      item.filed('bounce-filed', worked.id, messageId, filedAt);
      world.soon(lived, filedAt, 700, (then) => worked.recordBounce(message, 'hard', bounced, then));
    });
  });
}

function later(one: Date, two: Date): Date {
  return one > two ? one : new Date(two.getTime() + 60_000);
}
