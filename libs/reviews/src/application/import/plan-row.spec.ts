import { guessMapping } from './import-fields';
import { planRow, type PlanContext } from './plan-row';
import { readDay, readPauses } from './read-cells';
import { readSheet } from './read-sheet';

const CONTEXT: PlanContext = {
  today: '2026-03-31',
  office: 'west-mercia',
  reviewers: [{ id: 'p1', name: 'Robin Vale' }],
};
const ROW: Readonly<Record<string, string>> = {
  oldReference: 'CR/26/014',
  receivedOn: '02/02/2026',
  applicantName: 'Asha Ferris',
  stage: 'Papers received',
  handling: 'Otherwise than by investigation',
  validOn: '2026-02-03',
  papersRequestedOn: '4 February 2026',
  papersReceivedOn: '2026-02-18',
  pauses: '2026-02-20 to 2026-02-27 criminal proceedings',
  reviewer: 'robin vale',
};

function plan(changes: Readonly<Record<string, string>> = {}): ReturnType<typeof planRow> {
  const row = { ...ROW, ...changes };
  const headers = Object.keys(row);
  return planRow(headers, Object.values(row), Object.fromEntries(headers.map((key) => [key, key])), CONTEXT);
}

describe('a line of the old list', () => {
  it('becomes a review with the days that it names', () => {
    expect(plan().problems).toEqual([]);
    expect(plan().planned).toMatchObject({
      oldReference: 'CR/26/014',
      receivedOn: '2026-02-02',
      stage: 'papers-received',
      papersRequestedOn: '2026-02-04',
      reviewer: 'p1',
      pauses: [{ from: '2026-02-20', to: '2026-02-27', because: 'criminal-proceedings' }],
    });
  });

  it.each([
    [{ applicantName: '' }, 'applicantName: is missing'],
    [{ receivedOn: '31/02/2026' }, 'receivedOn: is no day: write it as 2026-03-02 or 02/03/2026'],
    [{ receivedOn: '2026-04-01' }, 'receivedOn: is in the future'],
    [{ papersReceivedOn: '2026-02-03' }, 'papersReceivedOn: is before the papers were asked for'],
    [{ validOn: '' }, 'validOn: is missing, though the review has come further'],
    [{ stage: 'Closed' }, 'stage: only open reviews are taken over'],
    [{ reviewer: 'Somebody Else' }, 'reviewer: nobody called Somebody Else may review for this office'],
    [{ pauses: 'a while' }, 'pauses: must read like'],
    [{ handling: 'by post' }, 'handling: must be investigation, or otherwise than by investigation'],
  ])('names what is wrong with %j', (changes, problem) => {
    expect(plan(changes).planned).toBeNull();
    expect(plan(changes).problems.join('|')).toContain(problem);
  });

  it('names everything that is wrong at once', () => {
    expect(plan({ applicantName: '', stage: 'somewhere', schedule3: 'perhaps' }).problems).toHaveLength(3);
  });

  it.each([
    ['2026-03-02', '2026-03-02'],
    ['2/3/2026', '2026-03-02'],
    ['02.03.2026', '2026-03-02'],
    ['Monday 2nd March 2026', '2026-03-02'],
    ['2026-03-02T00:00:00.000Z', '2026-03-02'],
    ['30/02/2026', null],
    ['March 2026', null],
  ])('reads the day %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  it('reads pauses that still run', () => {
    expect(readPauses('02/03/2026 to now waiting on PSD')).toEqual([
      { from: '2026-03-02', to: null, because: 'waiting-on-force' },
    ]);
  });

  it('recognises columns by what they are called, and by what was chosen before', () => {
    expect(guessMapping(['Our reference', 'Date received', 'X'], { grounds: 'X' })).toEqual({
      grounds: 'X',
      oldReference: 'Our reference',
      receivedOn: 'Date received',
    });
  });

  it('is found in a file with its line, whatever the alphabet', async () => {
    const csv = Buffer.from('Ref;Name\r\n\r\nA1;"Ren\xe9\r\nFoy"\r\nA2;Bo\r\n', 'latin1');
    expect(await readSheet('old.csv', csv)).toEqual({
      headers: ['Ref', 'Name'],
      rows: [
        { line: 3, cells: ['A1', 'René\nFoy'] },
        { line: 4, cells: ['A2', 'Bo'] },
      ],
    });
  });

  it.each([
    ['old.xlsx', Buffer.from('PK no archive')],
    ['old.pdf', Buffer.from('%PDF-')],
    ['old.csv', Buffer.from('only,headers\n')],
    ['old.csv', Buffer.from('')],
  ])('refuses what is no list: %s', async (name, bytes) => {
    await expect(readSheet(name, bytes)).rejects.toThrow();
  });
});
