import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AreaEntry } from '../triage/configuration';
import { areaOf } from './area-of';
import { outcodeOf } from './outcode-of';

const areas = JSON.parse(
  readFileSync(join(__dirname, '../../../../offices/src/seed/area.json'), 'utf8'),
) as AreaEntry[];

it.each([
  ['HR4 9AB', '2026-01-18', 'herefordshire'],
  ['HR4 9AB', '2026-01-19', 'herefordshire-and-worcestershire'],
  ['sy11aa', '2026-01-18', 'shropshire'],
  ['SY1 1AA', '2026-11-23', 'shropshire-and-telford'],
  ['TF3 4JA', '2025-06-01', 'telford-and-wrekin'],
  ['TF3', '2026-06-01', 'shropshire-and-telford'],
  ['B98 8AH', '2025-06-01', 'north-worcestershire'],
  [' wr1  2 ', '2025-06-01', 'south-worcestershire'],
  ['DY14', '2025-06-01', 'shropshire'],
])('%s on %s is in %s', (postcode, on, area) => {
  expect(areaOf(postcode, areas, on)).toEqual({ area, reason: expect.stringContaining('is in') });
});

it.each(['WR13', 'WR15 8BA', 'SY14', 'SY15', 'SY20', 'SY25 6AA', 'LD7 1AA', 'B45 8QQ', 'DY12 2AE', 'TF11 8AA'])(
  '%s lies across a boundary and settles nothing, before and after the change of areas',
  (postcode) => {
    for (const on of ['2025-01-01', '2026-11-23']) {
      expect(areaOf(postcode, areas, on)).toEqual({ area: null, reason: expect.stringContaining('across a boundary') });
    }
  },
);

it.each([
  [null, 'No postcode was given.'],
  ['  ', 'No postcode was given.'],
  ['Ludlow', 'What was given is not a postcode.'],
  ['WR', 'What was given is not a postcode.'],
  ['SY1 1AA9', 'What was given is not a postcode.'],
  ['GL1 1AA', 'Postcode district GL1 is not in a known area.'],
  ['LD8 2AA', 'Postcode district LD8 is not in a known area.'],
  ['SW1A 1AA', 'Postcode district SW1A is not in a known area.'],
])('%s: unknown rather than guessed', (postcode, reason) => {
  expect(areaOf(postcode, areas, '2026-11-23')).toEqual({ area: null, reason });
});

it('has no area before the office existed', () => {
  expect(areaOf('HR4 9AB', areas, '2012-11-21').area).toBeNull();
});

it.each([
  ['WR1 2AA', 'WR1'],
  ['WR12AA', 'WR1'],
  ['wr12 7aa', 'WR12'],
  ['WR12', 'WR12'],
  ['WR1 2', 'WR1'],
  ['WR1 2A', 'WR1'],
  ['W1A-1AA', 'W1A'],
  ['WR1\u00a02AA', 'WR1'],
  ['ＷＲ１ ２ＡＡ', 'WR1'],
  ['12 High Street', null],
  ['WR1 2CI', null],
])('reads the district of %s as %s', (postcode, outcode) => expect(outcodeOf(postcode)).toBe(outcode));

it('reads a whole postcode the same however it is spaced', () => {
  const districts = areas.flatMap((area) => area.data.outcodes);
  const letter = fc.constantFrom(...'ABDEFGHJLNPQRSTUWXYZ');
  fc.assert(
    fc.property(
      fc.constantFrom(...districts),
      fc.nat(9),
      letter,
      letter,
      fc.constantFrom('', ' ', '  ', '-'),
      (outcode, sector, first, second, space) => {
        expect(outcodeOf(`${outcode}${space}${sector}${first}${second}`.toLowerCase())).toBe(outcode);
      },
    ),
  );
});

it('never fails on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => expect(areaOf(text, areas, '2026-11-23').area).toBeNull()),
  );
});
