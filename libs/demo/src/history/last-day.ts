import { londonDate } from '@app/kernel';
import { managerOf } from './staff';
import type { LivedCase, World } from './world';

/** What a newcomer should find on every page, whatever chance has left over. */
const WANTED = { dueToday: 5, paused: 4, submitted: 3, approved: 2, extended: 3, refused: 2 } as const;

const REFUSED = '550 5.7.1 message refused by the receiving mail server';

/** The last hour in which the office works before the history ends. */
export function lastOfficeTime({ hours, timeline: { end } }: World): Date {
  const today = londonDate(end);
  if (hours.isOpen(today) && end > hours.at(today, 9, 30)) {
    const closing = hours.at(today, 16, 30);
    return closing < end ? closing : new Date(end.getTime() - 10 * 60_000);
  }
  return hours.at(hours.before(today, 1), 16, 30);
}

/** The last things done in an office before the newcomer arrives. */
export function planLastDay(world: World, office: string): void {
  world.timeline.plan(lastOfficeTime(world), (at) => new LastDay(world, office, at).carryOut());
}

class LastDay {
  readonly #used = new Set<LivedCase>();
  #minutes = 0;

  constructor(
    private readonly world: World,
    private readonly office: string,
    private readonly at: Date,
  ) {}

  carryOut(): void {
    const { world } = this;
    const { words, dice } = world;
    const today = londonDate(world.timeline.end);
    this.each(WANTED.dueToday, isLate, ({ worked }, then) =>
      worked.extend('reply', today, dice.pick(words.extensions), then),
    );
    this.each(WANTED.extended, isInWork, ({ worked }, then) => {
      const due = replyDue(worked) ?? today;
      worked.extend('reply', world.hours.after(due > today ? due : today, 10), dice.pick(words.extensions), then);
    });
    this.each(WANTED.paused, isInWork, ({ worked }, then) => worked.pause(dice.pick(words.pauses), then));
    this.each(WANTED.submitted, isInWork, async ({ worked, letter }, then) => {
      await worked.draft(letter.reply, then);
      worked.submit(then);
    });
    this.each(WANTED.approved, isInWork, async ({ worked, letter }, then) => {
      await worked.draft(letter.reply, then);
      worked.submit(then);
      worked.approve(then);
    });
    this.each(
      WANTED.refused,
      (lived) => isInWork(lived) && lived.worked.correspondent.email !== null,
      (lived, then) => this.refuse(lived, then),
    );
  }

  /** Each act a little later than the one before, all before the history ends. */
  private each(
    wanted: number,
    isFit: (lived: LivedCase) => boolean,
    act: (lived: LivedCase, then: ReturnType<World['then']>) => Promise<void> | void,
  ): void {
    const { world, office } = this;
    const own = [...world.living].filter(
      (lived) =>
        lived.worked.state.office === office && lived.review === null && !this.#used.has(lived) && isFit(lived),
    );
    for (const lived of own.slice(0, wanted)) {
      this.#used.add(lived);
      const at = new Date(this.at.getTime() + (this.#minutes += 0.25) * 60_000);
      world.plan(lived, at, (then) => act(lived, world.then(then, lived.worker ?? managerOf(office), office)));
    }
  }

  /** An answer that the other side's mail server did not take: it waits for a person to retry or dismiss it. */
  private async refuse({ worked, letter }: LivedCase, then: ReturnType<World['then']>): Promise<void> {
    await worked.draft(letter.reply, then);
    worked.submit(then);
    worked.approve(then);
    const message = worked.sendDraft(then);
    message?.failed(then.at, '550 5.7.1', REFUSED);
  }
}

function replyDue(worked: LivedCase['worked']): string | null {
  return worked.state.deadlines.find(({ clock, metOn }) => clock === 'reply' && metOn === null)?.dueOn ?? null;
}

function isInWork({ worked, worker }: LivedCase): boolean {
  const { status, draftState } = worked.state;
  return (
    worker !== null &&
    draftState === null &&
    ['in-progress', 'forwarded', 'reopened'].includes(status) &&
    replyDue(worked) !== null
  );
}

function isLate({ worked, worker }: LivedCase): boolean {
  const late = worked.state.deadlines.some(
    ({ clock, status, metOn }) => clock === 'reply' && status === 'missed' && metOn === null,
  );
  return late && worker !== null && worked.may('extend');
}
