import fc from 'fast-check';
import { Publication, type Narrative } from './publication';
import { publicationKind, partsFor } from './publication-kinds';
import { InvalidPublication, PublicationRefused, SecondPersonNeeded } from './publication.errors';

const KIND = 'specified-information-complaints';
const Q2 = { id: 'p', office: 'warwickshire', kind: KIND, from: '2026-07-01', to: '2026-09-30' };
const ana = { by: 'ana', at: new Date('2026-10-20T09:00:00Z') };
const ben = { by: 'ben', at: new Date('2026-10-21T09:00:00Z') };
const reason = { reasonId: 'r', reasonCommitment: 'c' };

function sectionsOf(model: '1' | '2' = '1'): Narrative[] {
  const kind = publicationKind(KIND);
  if (!kind) throw new Error('no kind');
  return partsFor(kind, model).flatMap(({ sections }) =>
    sections.map(({ key }) => ({ section: key, text: 'As it was.', isNothingToReport: false })),
  );
}

function published(): Publication {
  const publication = Publication.start(Q2, ana);
  publication.submit(sectionsOf(), '1', 'hash', ana);
  publication.check('hash', ben);
  publication.publish('hash', [], ana);
  return publication;
}

describe('a publication', () => {
  it.each([
    // "Published November 2023", "Q1", with data of 1 April to 30 September 2024: none of it can be typed.
    ['2024-04-01', '2024-09-30', '/from'],
    ['2026-07-01', '2026-09-29', '/from'],
    ['2026-09-30', '2026-07-01', '/from'],
    // The quarter is not over.
    ['2026-10-01', '2026-12-31', '/to'],
  ])('is of one quarter that is over: not %s to %s', (from, to, pointer) => {
    const start = (): Publication => Publication.start({ ...Q2, from, to }, ana);
    expect(start).toThrow(InvalidPublication);
    try {
      start();
    } catch (error) {
      expect((error as InvalidPublication).errors[0]?.pointer).toBe(pointer);
    }
  });

  it('has the day of its publication from the clock and its address from the period', () => {
    const publication = published();
    expect(publication.state).toMatchObject({ slug: 'complaints-q2-2026-27' });
    expect(publication.current).toMatchObject({ number: 1, publishedOn: '2026-10-20', checkedBy: 'ben' });
  });

  it('is checked by a second person, whoever of the authors asks', () => {
    const publication = Publication.start(Q2, ana);
    publication.writeNarratives([], [], { ...ben, by: 'cat' });
    publication.submit(sectionsOf(), '1', 'hash', ana);
    expect(() => publication.check('hash', ana)).toThrow(SecondPersonNeeded);
    expect(() => publication.check('hash', { ...ben, by: 'cat' })).toThrow(SecondPersonNeeded);
    expect(() => publication.publish('hash', [], ana)).toThrow(PublicationRefused);
    publication.check('hash', ben);
    expect(publication.newest.state).toBe('checked');
  });

  it('names each section that says nothing; nothing to report has to be said', () => {
    const publication = Publication.start(Q2, ana);
    const [first, second, ...rest] = sectionsOf();
    const asked = [{ ...first, text: ' \n' }, { ...second, text: '', isNothingToReport: true }, ...rest] as Narrative[];
    try {
      publication.submit(asked, '1', 'hash', ana);
      throw new Error('was taken');
    } catch (error) {
      expect((error as InvalidPublication).errors.map(({ pointer }) => pointer)).toEqual([
        '/narratives/complainant-satisfaction',
      ]);
    }
    expect(() => publication.submit(sectionsOf('1'), '2', 'hash', ana)).toThrow(InvalidPublication);
    publication.submit(sectionsOf('2'), '2', 'hash', ana);
  });

  it('is corrected by a new version; the old one is superseded and never changed', () => {
    const publication = published();
    expect(() => publication.writeNarratives([], [], ana)).toThrow(PublicationRefused);
    expect(() => publication.takeFigures({ asOf: ana.at, sha256: 'x', figures: 1 }, ana)).toThrow(PublicationRefused);
    publication.startCorrection(reason, ana);
    expect(publication.current?.number).toBe(1);
    expect(() => publication.startCorrection(reason, ana)).toThrow(PublicationRefused);
    publication.submit(sectionsOf(), '1', 'hash 2', ana);
    publication.check('hash 2', ben);
    publication.publish('hash 2', [], ben);
    expect(publication.state.versions.map(({ state }) => state)).toEqual(['superseded', 'published']);
    expect(publication.releaseEvents().map(({ type }) => type.replace('publication.', ''))).toEqual([
      ...['started', 'submitted', 'checked', 'published'],
      ...['correction-started', 'submitted', 'checked', 'published', 'superseded'],
    ]);
    publication.withdraw(reason, ben);
    expect(publication.current).toBeNull();
  });

  it('keeps to its life whatever is asked in whatever order', () => {
    const acts = ['write', 'submit', 'check', 'check-own', 'back', 'publish', 'correct', 'withdraw'] as const;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 40 }), (asked) => {
        const publication = Publication.start(Q2, ana);
        const frozen = new Map<number, string>();
        for (const act of asked) {
          try {
            if (act === 'write') publication.writeNarratives([], [], ana);
            if (act === 'submit') publication.submit(sectionsOf(), '1', 'h', ana);
            if (act === 'check') publication.check('h', ben);
            if (act === 'check-own') publication.check('h', ana);
            if (act === 'back') publication.sendBack(reason, ben);
            if (act === 'publish') publication.publish('h', [], ana);
            if (act === 'correct') publication.startCorrection(reason, ana);
            if (act === 'withdraw') publication.withdraw(reason, ben);
            expect(act).not.toBe('check-own');
          } catch (error) {
            if (!(error instanceof PublicationRefused || error instanceof SecondPersonNeeded)) throw error;
          }
          const { versions } = publication.state;
          expect(versions.filter(({ state }) => state === 'published').length).toBeLessThanOrEqual(1);
          for (const { number, publishedOn, checkedBy, authors } of versions) {
            if (publishedOn === null) continue;
            expect(authors).not.toContain(checkedBy);
            const facts = JSON.stringify([publishedOn, checkedBy, authors]);
            expect(frozen.get(number) ?? facts).toBe(facts);
            frozen.set(number, facts);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
