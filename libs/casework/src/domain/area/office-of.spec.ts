import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { officeOf, type DistrictEntry } from './office-of';

const readSeed = (kind: string): DistrictEntry[] =>
  JSON.parse(readFileSync(join(__dirname, '../../../../offices/src/seed', `${kind}.json`), 'utf8')) as DistrictEntry[];
const districts = [...readSeed('area'), ...readSeed('postcode-district')];

describe('the office of a postcode', () => {
  it.each([
    ['WR1 2AA', 'west-mercia'],
    ['sy11aa', 'west-mercia'],
    ['B48', 'west-mercia'],
    ['B1 1BB', 'west-midlands'],
    ['CV34 4AA', 'warwickshire'],
    ['ST16 2AA', 'staffordshire'],
    ['B45 8AA', null],
    ['ZZ99 3WZ', null],
    ['somewhere', null],
  ])('%s is %s', (postcode, office) => {
    expect(officeOf(postcode, districts, '2026-11-23')).toBe(office);
  });

  it('names no district for two offices', () => {
    const shipped = readSeed('postcode-district').flatMap(({ office, data }) =>
      data.outcodes.map((outcode) => [outcode, office] as const),
    );
    for (const [outcode, office] of shipped)
      expect([outcode, officeOf(outcode, districts, '2026-11-23')]).toEqual([outcode, office]);
  });
});
