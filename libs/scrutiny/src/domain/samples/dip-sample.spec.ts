import type { DomainEvent } from '@app/kernel';
import { InvalidScrutinyInput } from '../scrutiny.errors';
import { DipSample } from './dip-sample';
import { foldDipSample, type DipSampleState } from './dip-sample-state';
import { drawPlaces } from './draw-sample';
import { pointsOf, resultOf } from './scoring';

const at = new Date('2026-03-02T10:00:00Z');
const ON = '2026-03-02';
const TEXT = { id: 'text', commitment: 'commitment' };
const SHEET = {
  name: 'Sheet',
  scale: [
    { key: 'poor', points: 0, text: 'Poor' },
    { key: 'meets', points: 1, text: 'Meets' },
    { key: 'good', points: 2, text: 'Good' },
  ],
  questions: [
    { key: 'contact', weight: 3, text: 'Contact' },
    { key: 'letter', weight: 1, text: 'Letter' },
  ],
};
const GOOD = { contact: 'good', letter: 'good' };

function planned(size = 3, populationSize = 40, secondScorePercent = 20): DipSample {
  const sample = new DipSample('00000000-0000-4000-8000-000000000001', 'west-mercia', 0, null);
  const plan = { title: TEXT, source: 'force-list', caseKind: null, from: null, to: null, sheet: SHEET } as const;
  sample.plan({ ...plan, populationSize, populationHash: 'hash', size, secondScorePercent }, ON, at);
  return sample;
}

function drawn(size = 3, populationSize = 40): DipSample {
  const sample = planned(size, populationSize);
  sample.draw('201211221', true, ON, at);
  return sample;
}

const places = (sample: DipSample): number[] => sample.state.files.map(({ place }) => place);

describe('a dip sample', () => {
  it('is drawn once', () => {
    const sample = drawn();
    expect(places(sample)).toEqual(drawPlaces('201211221', 40, 3));
    expect(() => sample.draw('999999', true, ON, at)).toThrow('drawn only once');
  });

  it.each([
    [0, 40, '/size'],
    [41, 40, '/size'],
    [1.5, 40, '/size'],
    [1, 0, '/population'],
  ])('of %d out of %d files is refused at %s', (size, populationSize, pointer) => {
    try {
      planned(size, populationSize);
      throw new Error('It was taken');
    } catch (error) {
      expect((error as InvalidScrutinyInput).errors.map((each) => each.pointer)).toContain(pointer);
    }
  });

  it('replaces a file by the next that the seed draws', () => {
    const sample = drawn();
    const [first = 0] = places(sample);
    sample.replace(first, TEXT, ON, at);
    expect(places(sample)).toEqual(drawPlaces('201211221', 40, 4));
    expect(sample.progress()).toMatchObject({ inSample: 3 });
    expect(() => sample.replace(first, TEXT, ON, at)).toThrow('replaced already');
    expect(() => sample.score(first, 'ann', GOOD, null, ON, at)).toThrow('score the other one');
  });

  it('has no replacement when the whole population is in it', () => {
    const sample = drawn(3, 3);
    expect(() => sample.replace(places(sample)[0] ?? 0, TEXT, ON, at)).toThrow('no other file');
  });

  it('takes a second opinion of another person, and a correction of the own one', () => {
    const sample = drawn();
    const [first = 0] = places(sample);
    sample.score(first, 'ann', GOOD, null, ON, at);
    sample.score(first, 'ann', { ...GOOD, contact: 'poor' }, null, ON, at);
    expect(sample.progress()).toMatchObject({ scored: 1, secondScored: 0 });
    sample.score(first, 'ben', GOOD, null, ON, at);
    expect(sample.state.scores.map(({ scorer, round }) => [scorer, round])).toEqual([
      ['ann', 1],
      ['ben', 2],
    ]);
    expect(() => sample.score(first, 'cat', GOOD, null, ON, at)).toThrow('Two people');
    expect(() => sample.replace(first, TEXT, ON, at)).toThrow('is scored');
  });

  it('wants every question answered', () => {
    const sample = drawn();
    const incomplete = (): void => sample.score(places(sample)[0] ?? 0, 'ann', { contact: 'great' }, null, ON, at);
    expect(incomplete).toThrow(InvalidScrutinyInput);
  });

  it('is reported when every file is scored, and enough of them twice; then nothing changes', () => {
    const sample = drawn();
    for (const place of places(sample)) sample.score(place, 'ann', GOOD, null, ON, at);
    expect(() => sample.report(TEXT, ON, at)).toThrow('A second person must score 1 more');
    const [first = 0] = places(sample);
    sample.score(first, 'ben', { contact: 'meets', letter: null }, null, ON, at);
    sample.report(TEXT, ON, at);
    expect(() => sample.score(first, 'ben', GOOD, null, ON, at)).toThrow('nothing changes');
    expect(() => sample.recordAnswer(ON, TEXT, ON, at)).toThrow('no feedback yet');
    sample.sendFeedback(ON, TEXT, ON, at);
    sample.recordAnswer(ON, TEXT, ON, at);
    const events: DomainEvent[] = sample.releaseEvents();
    // 3 files of 8 points each by the first, 3 of 6 by the second, whose other question did not apply.
    expect(events.find(({ type }) => type === 'scrutiny.dip-sample-reported')?.data).toMatchObject({
      ...{ inSample: 3, scored: 3, secondScored: 1, reached: 27, possible: 30 },
    });
    expect(events.reduce<DipSampleState | null>(foldDipSample, null)).toEqual(sample.state);
    expect(sample.line().isOpen).toBe(false);
  });
});

describe('the result', () => {
  it('weighs questions and leaves out what does not apply', () => {
    expect(pointsOf(SHEET, { contact: 'meets', letter: null })).toEqual({ reached: 3, possible: 6 });
    const { points, questions } = resultOf(SHEET, [GOOD, { contact: 'poor', letter: null }]);
    expect(points).toEqual({ reached: 8, possible: 14 });
    expect(questions[0]?.answers.map(({ count }) => count)).toEqual([1, 0, 1]);
    expect(questions[1]).toMatchObject({ notApplicable: 1, points: { reached: 2, possible: 2 } });
  });
});
