import { PausedDays, addDays, daysBetween } from '@app/kernel';
import type { ReviewState } from './review-state';

/** Calendar days from receipt, and from the papers, to the decision or to today; net leaves the pauses out. */
export interface ElapsedDays {
  readonly gross: number;
  readonly paused: number;
  readonly net: number;
  readonly fromPapers: number | null;
}

/** Receipt is day 0. The clock stops with the decision, or with whatever else ended the review. */
export function elapsedDays(
  state: Pick<
    ReviewState,
    | 'receivedOn'
    | 'papersReceivedOn'
    | 'decidedOn'
    | 'forwardedOn'
    | 'withdrawn'
    | 'validity'
    | 'validityDecidedOn'
    | 'pauses'
  >,
  today: string,
): ElapsedDays {
  const { receivedOn, papersReceivedOn, validity, validityDecidedOn } = state;
  const refusedOn = validity === null || validity === 'valid' ? null : validityDecidedOn;
  const end = state.decidedOn ?? state.withdrawn?.on ?? state.forwardedOn ?? refusedOn ?? today;
  const gross = daysBetween(receivedOn, end);
  const paused =
    gross <= 0
      ? 0
      : PausedDays.of(state.pauses.map(({ from, to }) => ({ from, to }))).countWithin(addDays(receivedOn, 1), end);
  return {
    gross,
    paused,
    net: gross - paused,
    fromPapers: papersReceivedOn === null || papersReceivedOn > end ? null : daysBetween(papersReceivedOn, end),
  };
}
