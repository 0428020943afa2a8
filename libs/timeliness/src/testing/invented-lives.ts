import { addDays } from '@app/kernel';
import { aDeadline, anOpening, aTriage, CaseLog, type CaseFact } from './case-events';

/** The same numbers every time: a small linear congruential generator. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const OFFICES = ['west-mercia', 'warwickshire'];
const CHANNELS = ['email', 'web-form', 'phone', 'letter'];
const PEOPLE = ['ann', 'ben', 'cat'];

/** Invented lives of cases: answered early, late or never, paused, extended, closed, reopened, spam and released. */
export function inventedLives(cases: number, firstDay: string, seed = 7): CaseFact[] {
  const random = randomFrom(seed);
  const chance = (percent: number): boolean => random(100) < percent;
  const facts = Array.from({ length: cases }, (_, index) => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const office = OFFICES[random(OFFICES.length)] ?? '';
    let day = addDays(firstDay, random(40));
    let second = random(30_000);
    const at = (): string => `${day}T${new Date(second++ * 1000).toISOString().slice(11, 19)}Z`;
    const later = (most: number): string => (day = addDays(day, random(most + 1)));
    const log = new CaseLog();
    const add: CaseLog['add'] = (caseId, instant, type, data) => log.add(caseId, instant, type, data, office);
    const isSpam = chance(10);
    let reply = addDays(day, 28);
    const acknowledge = aDeadline('acknowledge', addDays(day, 3));
    const deadlines = [acknowledge, aDeadline('reply', reply)];
    add(id, at(), 'casework.case-opened', {
      ...anOpening(id, {
        channel: CHANNELS[random(CHANNELS.length)] ?? '',
        receivedOn: day,
        counted: !isSpam,
        deadlines,
      }),
      reference: `REF-${String(index).padStart(5, '0')}`,
      riskLevel: chance(10) ? 'high' : 'none',
    });
    if (isSpam) {
      add(id, at(), 'casework.case-quarantined', { score: 7 });
      later(5);
      if (chance(50)) return log.facts;
      add(id, at(), 'casework.case-released', { deadlines });
    }
    if (chance(85)) {
      const category = ['visibility', 'speeding', 'precept'][random(3)] ?? '';
      add(id, at(), 'casework.case-triaged', aTriage({ category, byPerson: chance(20) }));
      add(id, at(), 'casework.case-routed', { queue: chance(50) ? 'caseworkers' : 'finance' });
    }
    if (chance(80)) {
      add(id, at(), 'casework.acknowledged', { on: later(5), automatic: false, outgoingMessageId: null });
    }
    if (chance(60)) add(id, at(), 'casework.case-taken', { assignee: PEOPLE[random(3)] ?? '' });
    if (chance(25)) {
      const from = later(4);
      log.pause(id, at(), from, [aDeadline('reply', null)]);
      const on = later(9);
      reply = addDays(reply, 9);
      if (chance(80)) add(id, at(), 'casework.case-resumed', { on, deadlines: [aDeadline('reply', reply)] });
    }
    if (chance(15)) log.extend(id, at(), 'reply', reply, (reply = addDays(reply, 5)));
    if (chance(65)) {
      add(id, at(), 'casework.reply-sent', { on: later(45), channel: 'email', outgoingMessageId: null });
    }
    if (chance(60)) add(id, at(), 'casework.case-closed', { reason: 'done', on: later(6) });
    if (chance(15)) {
      const on = later(6);
      const again = [aDeadline('reply', addDays(on, 28))];
      add(id, at(), 'casework.case-reopened', { on, because: 'new-message', deadlines: again });
      if (chance(50)) {
        add(id, at(), 'casework.reply-sent', { on: later(40), channel: 'email', outgoingMessageId: null });
      }
    }
    return log.facts.map((fact) => ({ ...fact, office }));
  });
  return facts.flat().sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime() || a.position - b.position);
}
