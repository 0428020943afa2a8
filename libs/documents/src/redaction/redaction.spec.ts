import { inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { findWords } from '../domain/find-words';
import { parseMarkup } from '../domain/markup';
import { readPdf, samplePdf } from '../pdf/sample-files.fixture';
import { PdfReader } from '../pdf/pdf-reader';
import { exampleLetter } from '../rendering/letter.fixture';
import { renderHtml } from '../rendering/render-html';
import { renderPdf } from '../rendering/render-pdf';
import { findInPdf } from './find-in-pdf';
import { redactPdf } from './redact-pdf';
import { redactLetter, redactText } from './redact-text';

/** Whether a file holds a word: as it is, in a packed stream, or written as numbers. */
function holds(bytes: Uint8Array, word: string): boolean {
  const raw = Buffer.from(bytes);
  const parts = [raw.toString('latin1')];
  for (let at = raw.indexOf('stream'); at >= 0; at = raw.indexOf('stream', at + 6)) {
    try {
      parts.push(inflateSync(raw.subarray(raw[at + 6] === 13 ? at + 8 : at + 7)).toString('latin1'));
    } catch {
      // No packed stream.
    }
  }
  const all = parts.join('\n').toLowerCase();
  const forms = [word, Buffer.from(word).toString('hex'), Buffer.from(word, 'utf16le').swap16().toString('hex')];
  return forms.some((form) => all.includes(form.toLowerCase()));
}

describe('finding words', () => {
  it.each([
    [
      'Ann met Annual Ann.',
      'Ann',
      [
        [0, 3],
        [15, 18],
      ],
    ],
    [
      'PC O’Neil, pc oneil',
      "PC O'Neil",
      [
        [0, 9],
        [11, 19],
      ],
    ],
    ['Orchard\n Lane', 'orchard lane', [[0, 13]]],
    ['José Ŷates', 'jose yates', [[0, 10]]],
    ['22/12345/21', '22/12345/21', [[0, 11]]],
    ['x', '  ', []],
    ['😀 Kim 😀', 'kim', [[2, 5]]],
  ])('in %j for %j', (text, words, places) => {
    expect(findWords(text, words).map(({ from, to }) => [from, to])).toEqual(places);
  });

  it('leaves no place of them in a text, wherever they are put', () => {
    const filler = fc.stringMatching(/^[a-z .,]{0,20}$/);
    fc.assert(
      fc.property(fc.array(filler, { maxLength: 6 }), (parts) => {
        const { text } = redactText(parts.join(' Asha Ferris '), [{ words: 'Asha Ferris', reason: 'third-party' }]);
        expect(text).not.toMatch(/Ferris/);
        expect(findWords(text, 'Asha Ferris')).toEqual([]);
      }),
    );
  });
});

describe('a redacted PDF', () => {
  const LINES = [
    'Statement of Asha Ferris\nof 2 Orchard Lane, Exampleton',
    'Asha\nFerris was there with PC Budd.',
    'Nothing here',
  ];
  const MARKS = [
    { words: 'Asha Ferris', reason: 'third-party' },
    { words: '2 Orchard Lane', reason: 'address' },
  ] as const;

  it.each([0, 90] as const)(
    'holds the words no more, neither as text nor as bytes nor in its pictures (turned by %i)',
    async (turn) => {
      const original = await samplePdf(LINES, turn);
      const found = await findInPdf(original, MARKS);
      expect(found.places.map(({ page, areas, reason }) => [page, areas.length, reason])).toEqual([
        [0, 1, 'third-party'],
        [0, 1, 'address'],
        [1, 2, 'third-party'],
      ]);
      expect(found.places[0]?.context).toContain('Statement of Asha Ferris');
      const areas = found.places.flatMap(({ page, areas: each, reason }) =>
        each.map((area) => ({ page, reason, ...area })),
      );
      const rendition = await redactPdf(original, areas);
      const read = await readPdf(rendition);
      expect(read.pages).toEqual([
        expect.stringMatching(/^(THIRD PARTY|ADDRESS| )+$/),
        expect.stringMatching(/^(THIRD PARTY ?)+$/),
        '',
      ]);
      expect(read.meta).toMatchObject({ Title: '', Author: '' });
      for (const gone of ['Ferris', 'Orchard', 'Exampleton', 'Budd', 'Unnamed']) {
        expect([gone, holds(original, gone), holds(rendition, gone)]).toEqual([gone, true, false]);
      }
      const reader = await PdfReader.open(rendition);
      const { width, pixels } = reader.picture(0, 2);
      for (const area of areas.filter(({ page }) => page === 0)) {
        // The corners, where no label is.
        for (const [x, y] of [
          [area.x + 1, area.y + 1],
          [area.x + area.width - 1, area.y + area.height - 1],
        ] as const) {
          const at = (Math.round(y * 2) * width + Math.round(x * 2)) * 4;
          expect([...pixels.subarray(at, at + 3)]).toEqual([0, 0, 0]);
        }
      }
      // What was not covered can still be read by eye: the page is not empty.
      expect(pixels.some((value, index) => index % 4 === 0 && value < 128 && index > width * 4 * 200)).toBe(true);
      reader.close();
    },
  );

  it('finds words in a letter of our own and covers them exactly', async () => {
    const pdf = await renderPdf(exampleLetter());
    const found = await findInPdf(pdf, [{ words: 'Gwenllïan Ŵyn-Ŷates', reason: 'officer-below-rank' }]);
    expect(found.places).toHaveLength(1);
    expect(found.places[0]?.context).toContain('Gwenllïan Ŵyn-Ŷates');
    expect(found.unsearchable).toEqual([]);
  });

  it('says which pages are pictures, where words cannot be found', async () => {
    const scan = await redactPdf(await samplePdf(['A page', 'Another']), []);
    expect(await findInPdf(scan, MARKS)).toMatchObject({ pages: 2, places: [], unsearchable: [0, 1] });
  });
});

describe('a redacted text', () => {
  it('says why, and not how long what stood there was', () => {
    const marks = [
      { words: 'Asha Ferris', reason: 'third-party' },
      { words: 'Ferris', reason: 'child' },
    ] as const;
    expect(redactText('Asha\nFerris and Kim Ferris, ferrisland.', marks)).toEqual({
      text: '[REDACTED: THIRD PARTY] and Kim [REDACTED: CHILD], ferrisland.',
      counts: [1, 2],
    });
  });

  it('takes words out of every part of a letter, also over a change of style', () => {
    const letter = exampleLetter({
      blocks: parseMarkup('**Asha** *Ferris* came.\n\n- Asha Ferris\n\n| Who |\n| Asha Ferris |'),
      subject: 'About Asha Ferris',
    });
    const redacted = redactLetter(letter, [
      { words: 'Asha Ferris', reason: 'third-party' },
      { words: 'Ferris', reason: 'third-party' },
      { words: '2 Orchard Lane Exampleton', reason: 'address' },
    ]);
    const html = renderHtml(redacted);
    expect(html).not.toMatch(/Ferris|Orchard/);
    expect(html).toContain('Ms [REDACTED: THIRD PARTY]<br>[REDACTED: ADDRESS]');
    expect(html.match(/REDACTED: THIRD PARTY/g)).toHaveLength(6);
  });
});
