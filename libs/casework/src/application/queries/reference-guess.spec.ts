import { formatReference } from '@app/kernel';
import { guessReferences } from './reference-guess';

const reference = formatReference({ officeCode: 'WM', year: 2026, number: 123 });
const wrong = reference.endsWith('A') ? 'B' : 'A';

describe('a reference that somebody may have meant', () => {
  it.each([
    `WM-2026-000123-${wrong}`,
    `wm 2026 000123 ${wrong}`,
    `WM2026000123${wrong}`,
    'WM-2026-000123',
    'WM-2026-123',
  ])('is found in %s', (text) => {
    expect(guessReferences(text)).toContain(reference);
  });

  it.each(['speeding', 'IO-2026-000123-A', 'WM-1066-000123-A', 'WM-2026-000000-A', '2026-000123'])(
    'is not made up from %s',
    (text) => {
      expect(guessReferences(text)).toEqual([]);
    },
  );
});
