import type { Dice } from '../dice';

/** How many working days the force of an office takes with its papers, at the usual pace. */
const PAPERS: Readonly<Record<string, number>> = {
  'west-mercia': 8,
  warwickshire: 6,
  staffordshire: 9,
  'west-midlands': 12,
};

/** So many working days until the papers are there. */
export function paperDays(office: string, dice: Dice): number {
  const usual = PAPERS[office] ?? 9;
  const share = 0.35 + dice.next() * 1.1;
  return Math.max(2, Math.round(usual * (dice.chance(0.08) ? share * 2.4 : share)));
}

/** So many working days from the papers to the proposal of an outcome: most in time, some well past it. */
export function reviewDays(dice: Dice): number {
  const kind = dice.next();
  if (kind < 0.02) return dice.int(60, 90);
  if (kind < 0.11) return dice.int(28, 50);
  return 5 + Math.round((dice.next() + dice.next()) * 9);
}

/** How many allegations a review has: several, as in Warwickshire's figures. */
export function allegationCount(dice: Dice): number {
  return dice.weighted([1, 2, 3, 4, 5, 7], (count) => ({ 1: 18, 2: 28, 3: 25, 4: 15, 5: 9, 7: 5 })[count] ?? 1);
}
