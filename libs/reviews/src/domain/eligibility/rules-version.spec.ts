import { VALID_EXAMPLE } from './decision-table';
import { checkEligibility } from './eligibility';
import { rulesVersion } from './rules-version';

describe('Which regulations govern', () => {
  it.each([
    ['R1.6', '2020-01-31', null, 'appeals-2012'],
    ['R1.6', '2020-02-01', null, 'reviews-2020'],
    ['R1.6 (about a matter still being handled)', '2020-03-02', '2020-01-31', 'appeals-2012'],
    ['R1.6 (about a matter still being handled)', '2020-03-02', '2020-02-01', 'reviews-2020'],
    ['R1.6 (its own day is not known)', null, '2019-12-31', 'appeals-2012'],
    ['R1.7', '2025-05-27', null, 'reviews-2020'],
    ['R1.7', '2025-05-28', null, 'reviews-2025'],
    ['R1.7 (about a matter still being handled)', '2025-06-30', '2025-05-27', 'reviews-2020'],
    ['R1.7 (about a matter still being handled)', '2025-06-30', '2025-05-28', 'reviews-2025'],
  ])('%s: a complaint of %s relating to %s is governed by %s', (_rule, complaintMadeOn, earlier, version) => {
    expect(rulesVersion({ complaintMadeOn, relatesToEarlierMatterBefore: earlier })).toBe(version);
    const dated = { reviewRightsNotifiedOn: '2025-08-04', receivedOn: '2025-08-20' };
    const answer = checkEligibility({
      ...VALID_EXAMPLE,
      ...dated,
      complaintMadeOn,
      relatesToEarlierMatterBefore: earlier,
    });
    expect(answer.rulesVersion).toBe(version);
    expect(answer.obstacles.includes('pre-2020-appeal')).toBe(version === 'appeals-2012');
  });

  it('R1.6 says which of the two days makes it an appeal', () => {
    const text = (complaintMadeOn: string, earlier?: string): string | undefined =>
      checkEligibility({ ...VALID_EXAMPLE, complaintMadeOn, relatesToEarlierMatterBefore: earlier ?? null }).reasons[0]
        ?.text;
    expect(text('2020-01-31')).toContain('made on Friday 31 January 2020');
    expect(text('2020-03-02', '2020-01-15')).toContain('a matter of Wednesday 15 January 2020');
  });

  it('R1.7 is not known while the day of the complaint is not', () => {
    expect(rulesVersion({ complaintMadeOn: null })).toBeNull();
  });
});
