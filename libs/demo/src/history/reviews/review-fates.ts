import { addDays, daysBetween } from '@app/kernel';
import { NO_PARTICULARS, type Particulars } from '@app/reviews';
import type { Dice } from '../dice';

/** What becomes of an application in the end. */
export const FATES = {
  upheld: 15,
  'not-upheld-with-feedback': 27,
  'not-upheld': 34,
  'out-of-time': 6,
  'insufficient-information': 11,
  forwarded: 6,
  withdrawn: 1,
} as const;
export type Fate = keyof typeof FATES;

/**
 * Fates in the proportions of Kent's year (domain rules 6.1), dealt from a shuffled pack of a hundred: chance decides
 * whose they are, not how many there are.
 */
export class FateDeck {
  #cards: Fate[] = [];

  constructor(private readonly dice: Dice) {}

  draw(): Fate {
    if (this.#cards.length === 0) this.#cards = this.shuffled();
    return this.#cards.pop() ?? 'not-upheld';
  }

  private shuffled(): Fate[] {
    const cards = Object.entries(FATES).flatMap(([fate, count]) => Array<Fate>(count).fill(fate as Fate));
    for (let last = cards.length - 1; last > 0; last--) {
      const other = this.dice.int(0, last);
      [cards[last], cards[other]] = [cards[other] as Fate, cards[last] as Fate];
    }
    return cards;
  }
}

/** What the applicant states, so that the law's tests come to the fate. `isLetIn`: late, and the time is extended. */
export function particularsFor(
  fate: Fate,
  isLetIn: boolean,
  { office, receivedOn }: { office: string; receivedOn: string },
  dice: Dice,
): Particulars {
  const handling = dice.chance(0.36) ? 'investigation' : 'otherwise-than-by-investigation';
  const isLate = fate === 'out-of-time' || isLetIn;
  const notifiedOn = addDays(receivedOn, -(isLate ? dice.int(30, 75) : dice.int(2, 27)));
  const complaintMadeOn = addDays(notifiedOn, -dice.int(45, 210));
  const isRepresented = dice.chance(0.08);
  const isStated = fate !== 'insufficient-information';
  return {
    ...NO_PARTICULARS,
    force: office,
    forceReference: isStated
      ? `CO/${String(dice.int(100, 2400)).padStart(5, '0')}/${complaintMadeOn.slice(2, 4)}`
      : null,
    complaintMadeOn: isStated ? complaintMadeOn : null,
    recordedUnderSchedule3: true,
    handling,
    investigationBy: handling === 'investigation' ? 'authority' : null,
    finalised: true,
    letterDatedOn: addDays(notifiedOn, -dice.int(0, Math.min(2, daysBetween(complaintMadeOn, notifiedOn)))),
    reviewRightsNotifiedOn: notifiedOn,
    applicant: isRepresented ? 'representative' : 'complainant',
    writtenConsent: isRepresented ? true : null,
    bodyTests: {
      authorityIsLocalPolicingBody: 'no',
      seniorOfficer: 'no',
      cannotExcludeSeriousMatter: 'no',
      referredOrMustBe: fate === 'forwarded' ? 'yes' : 'no',
      treatedAsReferred: 'no',
      sameIncident: 'no',
      anyPart: 'no',
    },
  };
}
