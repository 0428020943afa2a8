import { InvalidEligibilityFacts } from './check-facts';
import { VALID_EXAMPLE } from './decision-table';
import { checkEligibility } from './eligibility';
import type { EligibilityFacts } from './eligibility-facts';

function pointersOf(changes: Partial<EligibilityFacts>): string[] {
  try {
    checkEligibility({ ...VALID_EXAMPLE, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof InvalidEligibilityFacts)) throw error;
    expect(error.errors.every(({ message }) => message.startsWith('must '))).toBe(true);
    return error.errors.map(({ pointer }) => pointer);
  }
}

describe('Facts that cannot be right', () => {
  it.each<[string, Partial<EligibilityFacts>, string[]]>([
    ['a day that does not exist', { receivedOn: '2025-02-29' }, ['/receivedOn']],
    ['a day in another form', { complaintMadeOn: '15/01/2025' }, ['/complaintMadeOn']],
    ['a year that nobody means', { complaintMadeOn: '0025-01-15' }, ['/complaintMadeOn']],
    ['a year without room for the days', { receivedOn: '9999-12-31' }, ['/receivedOn']],
    ['received before the complaint', { receivedOn: '2025-01-14' }, ['/receivedOn']],
    ['notified before the complaint', { reviewRightsNotifiedOn: '2025-01-14' }, ['/reviewRightsNotifiedOn']],
    ['a letter from before the complaint', { letterDatedOn: '2025-01-14' }, ['/letterDatedOn']],
    ['forwarded from nowhere', { forwardedOn: '2025-05-12' }, ['/receivedByWrongBodyOn']],
    [
      'forwarded before it arrived',
      { receivedByWrongBodyOn: '2025-05-12', forwardedOn: '2025-05-11' },
      ['/forwardedOn'],
    ],
    ['an earlier matter that is later', { relatesToEarlierMatterBefore: '2025-01-16' }, ['/complaintMadeOn']],
    [
      'two at once',
      { complaintMadeOn: 'x', reviewRightsNotifiedOn: 'y' },
      ['/complaintMadeOn', '/reviewRightsNotifiedOn'],
    ],
  ])('names %s', (_what, changes, pointers) => {
    expect(pointersOf(changes)).toEqual(pointers);
  });

  it('takes the same day for all of them, and an application that came before the outcome', () => {
    const day = '2025-04-01';
    const same = { complaintMadeOn: day, reviewRightsNotifiedOn: day, receivedOn: day, letterDatedOn: day };
    expect(pointersOf({ ...same, receivedByWrongBodyOn: day, forwardedOn: day })).toEqual([]);
    expect(pointersOf({ receivedOn: '2025-03-01' })).toEqual([]);
  });
});
