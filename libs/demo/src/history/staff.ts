import { DEMONSTRATION_PEOPLE } from '@app/access';

function idsOf(role: string, office: string): string[] {
  return DEMONSTRATION_PEOPLE.filter((person) => person.role === role && person.offices.includes(office)).map(
    ({ id }) => id,
  );
}

/** Who works on what is in a queue of the office: reviews are the shared review manager's. */
export function caseworkersOf(office: string, queue: string | null): readonly string[] {
  return idsOf(queue === 'reviews' ? 'review-manager' : 'caseworker', office);
}

/** Who allocates and approves: the manager, where there is one, else the shared review manager. */
export function managerOf(office: string): string {
  return idsOf('manager', office)[0] ?? idsOf('review-manager', office)[0] ?? '';
}

/** Who reviews for the office. */
export function reviewerOf(office: string): string {
  return idsOf('review-manager', office)[0] ?? '';
}

/** The second person who checks the quality of a review. */
export function checkerOf(office: string, reviewer: string): string {
  return idsOf('manager', office).find((id) => id !== reviewer) ?? idsOf('commissioner', office)[0] ?? '';
}
