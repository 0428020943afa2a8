import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { drawPlaces, seedFrom } from './draw-sample';
import { populationHash, readPopulation } from './population';

/** Worked out apart from the product, in Python: 1 + int(sha256(f"{seed},{n}"), 16) % 40. */
const PINNED = [22, 2, 13, 14, 21] as const;

const seeds = fc.stringMatching(/^[0-9]{6,40}$/);

/** As an outsider would check it: every number by itself, without what the product remembers between them. */
function byHand(seed: string, size: number, count: number): number[] {
  const places: number[] = [];
  for (let n = 1; places.length < count; n++) {
    const hex = createHash('sha256')
      .update(`${seed},${String(n)}`)
      .digest('hex');
    const place = Number(BigInt(`0x${hex}`) % BigInt(size)) + 1;
    if (!places.includes(place)) places.push(place);
  }
  return places;
}

describe('the draw of a dip sample', () => {
  it('gives what the published method gives', () => {
    // printf '201211221,1' | sha256sum, as a number, modulo 40, plus 1; and so on.
    expect(drawPlaces('201211221', 40, 5)).toEqual(byHand('201211221', 40, 5));
    expect(drawPlaces('201211221', 40, 5)).toEqual([...PINNED]);
  });

  it('is the same for the same seed and population, has each place once and none outside', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 400 }), fc.nat(), (seed, size, some) => {
        const count = some % (size + 1);
        const places = drawPlaces(seed, size, count);
        expect(drawPlaces(seed, size, count)).toEqual(places);
        expect(new Set(places).size).toBe(count);
        expect(places.every((place) => place >= 1 && place <= size)).toBe(true);
        // A larger sample of the same seed goes on where the smaller ended: a replacement is the next place.
        if (count < size) expect(drawPlaces(seed, size, count + 1).slice(0, count)).toEqual(places);
      }),
      { numRuns: 60 },
    );
  });

  it('favours no place: over many seeds each is drawn about as often', () => {
    const [size, sample, draws] = [20, 5, 4000];
    const times = new Array<number>(size).fill(0);
    for (let seed = 0; seed < draws; seed++) {
      for (const place of drawPlaces(String(100_000 + seed), size, sample))
        times[place - 1] = (times[place - 1] ?? 0) + 1;
    }
    const expected = (draws * sample) / size;
    // Each count is about normal; seeds are fixed, so that this test never fails by chance. 43.8 is the 99.9th percentile of chi-squared with 19 degrees of freedom.
    const chiSquared = times.reduce(
      (sum, count) => sum + (count - expected) ** 2 / (expected * (1 - sample / size)),
      0,
    );
    expect((chiSquared * (size - 1)) / size).toBeLessThan(43.8);
  });

  it('favours no pair either', () => {
    const pairs = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const pair = [...drawPlaces(String(500_000 + seed), 6, 2)].sort().join(' ');
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    expect(pairs.size).toBe(15);
    const chiSquared = [...pairs.values()].reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
    expect(chiSquared).toBeLessThan(36.1);
  });

  it('refuses to draw more than there is', () => {
    expect(() => drawPlaces('123456', 3, 4)).toThrow('More were asked for');
    expect(() => drawPlaces('123456', 0, 0)).toThrow('nothing to draw from');
  });

  it('makes seeds of digits that are equally likely', () => {
    expect(seedFrom(Uint8Array.from({ length: 40 }, (_, index) => 240 + (index % 16)))).toBe(
      '012345678901234567890123',
    );
    expect(() => seedFrom(new Uint8Array(23))).toThrow('Too few');
  });
});

describe('the population', () => {
  it('is one list however it was typed', () => {
    const typed = readPopulation(['co/2/25', ' CO/10/25 ', '', 'CO / 2 / 25', 'CO/1/25']);
    expect(typed).toEqual({ references: ['CO/1/25', 'CO/10/25', 'CO/2/25'], repeated: 1, refused: [] });
  });

  it('has the hash that sort and sha256sum give', () => {
    expect(populationHash(['CO/1/25', 'CO/10/25', 'CO/2/25'])).toBe(
      createHash('sha256').update('CO/1/25\nCO/10/25\nCO/2/25\n').digest('hex'),
    );
  });

  it('has one hash for any order and repetition', () => {
    const lists = fc.array(
      fc.nat(50).map((number) => `CO/${String(number)}/25`),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(lists, fc.nat(), (list, turn) => {
        const turned = [...list.slice(turn % list.length), ...list];
        expect(populationHash(readPopulation(turned).references)).toBe(populationHash(readPopulation(list).references));
      }),
    );
  });

  it('names the lines that are no references, so that no name of a person gets in', () => {
    expect(readPopulation(['CO/1/25', 'Jo Bloggs', '=cmd()']).refused).toEqual([
      { line: 2, text: 'Jo Bloggs' },
      { line: 3, text: '=cmd()' },
    ]);
  });
});
