import fc from 'fast-check';
import {
  findReferences,
  formatReference,
  InvalidReferenceParts,
  isOfficeCode,
  parseReference,
  referenceAlphabet,
  type ReferenceParts,
} from './reference-number';
import { growth } from '../../../test/setup/growth';

const letters = [...referenceAlphabet].filter((character) => character >= 'A');
const parts = fc.record({
  officeCode: fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters)).map((pair) => pair.join('')),
  year: fc.integer({ min: 2000, max: 2200 }),
  number: fc.oneof(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 1_000_000, max: 999_999_999 })),
}) satisfies fc.Arbitrary<ReferenceParts>;
const reference = parts.map(formatReference);

function replaceAt(text: string, index: number, replacement: string): string {
  return text.slice(0, index) + replacement + text.slice(index + 1);
}

function swapped(text: string, one: number, other: number): string {
  return replaceAt(replaceAt(text, one, text.charAt(other)), other, text.charAt(one));
}

describe('the alphabet of references', () => {
  it('has 31 characters that are hard to mistake for each other', () => {
    expect(referenceAlphabet).toHaveLength(31);
    expect(new Set(referenceAlphabet).size).toBe(31);
    expect([...'ILOUQ'].filter((character) => referenceAlphabet.includes(character))).toEqual([]);
  });
});

describe('making a reference', () => {
  it('writes office, year, number and check character', () => {
    expect(formatReference({ officeCode: 'WM', year: 2026, number: 123 })).toMatch(/^WM-2026-000123-[0-9A-Z]$/);
    expect(formatReference({ officeCode: 'WM', year: 2026, number: 1_000_000 })).toMatch(/^WM-2026-1000000-[0-9A-Z]$/);
  });

  it('is read back as what it was made of', () => {
    fc.assert(
      fc.property(parts, (made) => {
        expect(parseReference(formatReference(made))).toEqual({ ...made, reference: formatReference(made) });
      }),
    );
  });

  it.each([
    [{ officeCode: 'wm', year: 2026, number: 1 }, ['/officeCode']],
    [{ officeCode: 'OK', year: 2026, number: 1 }, ['/officeCode']],
    [{ officeCode: 'WMX', year: 26, number: 0 }, ['/officeCode', '/year', '/number']],
    [{ officeCode: 'WM', year: 2026, number: 1_000_000_000 }, ['/number']],
    [{ officeCode: 'WM', year: 2026.5, number: 1.5 }, ['/year', '/number']],
  ])('refuses %j', (wrong, pointers) => {
    try {
      formatReference(wrong);
      throw new Error('was accepted');
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidReferenceParts);
      expect((error as InvalidReferenceParts).errors.map((each) => each.pointer)).toEqual(pointers);
    }
  });

  it('takes only office codes that are in the alphabet', () => {
    expect(['WM', 'ST', 'WA', 'WL', 'W1', 'W', ''].filter(isOfficeCode)).toEqual(['WM', 'ST', 'WA']);
  });
});

describe('the check character', () => {
  const styles = fc.constantFrom('-', ' ', '', ' - ');
  const written = fc.tuple(reference, styles).map(([made, style]) => [made, made.replaceAll('-', style)] as const);
  const anyCharacter = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

  /** Every text that differs in one character, or by a swap of neighbours, with the places that were touched. */
  function mistakes(text: string): [mistaken: string, ...touched: number[]][] {
    const places = [...text].flatMap((character, place) => (/[ -]/.test(character) ? [] : [place]));
    return [...text].flatMap((_, place): [string, ...number[]][] => {
      const next = places.find((each) => each > place) ?? place;
      return [
        ...anyCharacter.map((wrong): [string, number] => [replaceAt(text, place, wrong), place]),
        [swapped(text, place, Math.min(place + 1, text.length - 1)), place, place + 1],
        [swapped(text, place, next), place, next],
      ];
    });
  }

  it('catches one wrong character or a swap of neighbours, in every place and however the reference is written', () => {
    fc.assert(
      fc.property(written, ([meant, text]) => {
        for (const [mistaken] of mistakes(text)) {
          const characters = mistaken.replace(/[ -]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
          // What differs in no character but a hyphen may still be read, as what it is.
          const allowed = characters === meant.replaceAll('-', '') ? [null, meant] : [null];
          const read = parseReference(mistaken)?.reference ?? null;
          if (!allowed.includes(read)) throw new Error(`${mistaken} was read as ${read}, and ${meant} was meant`);
        }
      }),
    );
  });

  it('lets no mistake in a reference lead to another one when it is found inside a text', () => {
    fc.assert(
      fc.property(written, ([meant, text]) => {
        for (const [mistaken, ...touched] of mistakes(text)) {
          // In other forms than our own, a gap mistyped as a digit cannot be told from the text around a reference.
          if (text !== meant && touched.some((place) => /[ -]/.test(text.charAt(place) + mistaken.charAt(place))))
            continue;
          const others = findReferences(`see ${mistaken}, please`).filter((found) => found !== meant);
          if (others.length > 0) throw new Error(`${others.join()} was found in ${mistaken}, and ${meant} was meant`);
        }
      }),
    );
  });

  it('catches every swap of two different characters, however far apart', () => {
    fc.assert(
      fc.property(reference, fc.nat(), fc.nat(), (right, one, other) => {
        const [first, second] = [one % right.length, other % right.length];
        fc.pre(right[first] !== right[second] && right[first] !== '-' && right[second] !== '-');
        expect(parseReference(swapped(right, first, second))).toBeNull();
      }),
    );
  });
});

describe('reading a reference as people write it', () => {
  const right = formatReference({ officeCode: 'WM', year: 2026, number: 110 });

  it.each([
    right.toLowerCase(),
    right.replaceAll('-', ' '),
    right.replaceAll('-', ''),
    ` ${right}\r\n`,
    right.replaceAll('-', ' - '),
    right.replaceAll('-', '\u2011'),
    right.replace('000110', 'OOOIl0'),
    right.replace('2026', '2O26').replaceAll('-', ''),
  ])('takes %j', (written) => {
    expect(parseReference(written)?.reference).toBe(right);
  });

  it('takes any reference without its hyphens, also when its check character is a digit', () => {
    fc.assert(
      fc.property(reference, (made) => {
        const bare = made.replaceAll('-', '').toLowerCase();
        expect(parseReference(bare)?.reference).toBe(made);
        expect(findReferences(`about ${bare} 2 of 3`)).toEqual([made]);
      }),
    );
  });

  it.each([
    '',
    'WM-2026-000110',
    `${right}-${right}`,
    `X${right}`,
    `${right}X`,
    right.replace('000110', '0000110'),
    right.replace('-2026', '2-026'),
    right.replace(/-(.)$/, '$1'),
    right.replaceAll('-', '--'),
    right.replace('WM', 'W\u212a'),
    `${' '.repeat(100)}${right}`,
  ])('refuses %j', (written) => {
    expect(parseReference(written)).toBeNull();
  });
});

describe('finding references in a text', () => {
  const [one, two] = [123, 45_678].map((number) => formatReference({ officeCode: 'WM', year: 2026, number }));
  const [first, second] = [one ?? '', two ?? ''];

  it.each([
    [`Re: [${first}] Speeding in the High Street`, [first]],
    [`opcc+${first.toLowerCase()}@west-mercia.example`, [first]],
    [`${second}, ${first.toLowerCase()} and ${second} again`, [second, first]],
    [`Fwd: ${first.replaceAll('-', ' ')}.pdf`, [first]],
    [`my reference is ${first.slice(0, 8)}\r\n${first.slice(8)}`, [first]],
    [`${first}_letter.pdf`, [first]],
    [`${first.replaceAll('-', '')} I wrote to you`, [first]],
    [`${first}-2.pdf`, [first]],
    [first.replaceAll('-', ' - '), [first]],
    [`A${first}`, []],
    [`${first}9`, []],
    ['WM-2026-000123', []],
    ['', []],
  ])('in %j', (text, expected) => {
    expect(findReferences(text)).toEqual(expected);
  });

  it('finds every one that a text holds, each once, in order', () => {
    const gap = fc.constantFrom('\n', ', ', ' and ', ' (', ') ', '; see ', '/');
    fc.assert(
      fc.property(fc.array(fc.tuple(reference, gap), { maxLength: 8 }), (items) => {
        const text = items.map(([made, after]) => made + after).join('');
        expect(findReferences(text)).toEqual([...new Set(items.map(([made]) => made))]);
      }),
    );
  });

  it('gives nothing but valid references, whatever the text', () => {
    const piece = fc.constantFrom('W', 'M', '2026', '0001', '23', '-', ' ', 'K', 'o', 'l', '\n', '@', '+', 'é', '😀');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const found of findReferences(pieces.join(''))) expect(parseReference(found)?.reference).toBe(found);
      }),
    );
  });

  it.each([
    ['office codes', 'WM-'],
    ['beginnings', 'WM-2026-'],
    ['references without a check character', 'WM-2026-000123-'],
    ['references whose check character is wrong', 'WM-2026-000123-0 '],
    ['digits', '2026000123'],
    ['spaces', ' '],
    ['hyphens', '-'],
    ['letters', 'wm'],
    ['beginnings with long gaps', 'WM   2026   000123   '],
    ['valid references', `${first} `],
  ])('takes time in proportion to a megabyte of %s', async (_, piece) => {
    const search = (length: number): unknown => findReferences(piece.repeat(Math.ceil(length / piece.length)));
    expect(await growth(search, 262_144, 1_048_576)).toBeLessThan(8);
  });
});
