import * as fc from 'fast-check';
import { textOfRuns } from './letter-document';
import { parseLetter, parseMarkup } from './markup';

const kinds = (text: string): string[] => parseMarkup(text).map(({ kind }) => kind);

describe('the markup of letters', () => {
  it('tells headings, paragraphs, lists, quotes, tables and page breaks', () => {
    const text =
      '# One\nText\nsecond line\n\n### Three\n- a\n- b\n  goes on\n1. x\n2) y\n> said\n> more\n| a | b |\n|--|--|\n| c |\n[page break]\nEnd';
    expect(kinds(text)).toEqual([
      'heading',
      'paragraph',
      'heading',
      'list',
      'list',
      'quote',
      'table',
      'page-break',
      'paragraph',
    ]);
    const blocks = parseMarkup(text);
    expect(blocks[1]).toEqual({ kind: 'paragraph', runs: [{ text: 'Text\nsecond line' }] });
    expect(blocks[3]).toEqual({ kind: 'list', ordered: false, items: [[{ text: 'a' }], [{ text: 'b\ngoes on' }]] });
    expect(blocks[4]).toMatchObject({ ordered: true, items: [[{ text: 'x' }], [{ text: 'y' }]] });
    expect(blocks[6]).toEqual({
      kind: 'table',
      header: [[{ text: 'a' }], [{ text: 'b' }]],
      rows: [[[{ text: 'c' }], []]],
    });
  });

  it.each([
    ['a **b** c', [{ text: 'a ' }, { text: 'b', bold: true }, { text: ' c' }]],
    [
      '*a* **b *c* d**',
      [
        { text: 'a', italic: true },
        { text: ' ' },
        { text: 'b ', bold: true },
        { text: 'c', bold: true, italic: true },
        { text: ' d', bold: true },
      ],
    ],
    ['3 * 4 * 5', [{ text: '3 * 4 * 5' }]],
    ['a *b', [{ text: 'a *b' }]],
    ['\\*not\\* \\# \\\\', [{ text: '*not* # \\' }]],
    ['£5*', [{ text: '£5*' }]],
  ])('reads %s', (text, runs) => {
    expect(parseMarkup(text)).toEqual([{ kind: 'paragraph', runs }]);
  });

  it('finds salutation, signature and enclosures in a letter as it is written', () => {
    const { salutation, blocks, signOff, enclosures, postscript } = parseLetter(
      'Dear Ms Ferris,\n\nOne.\n\nYours sincerely,\n\nW Ŷ\nManager\nFor the office\n\nEnclosures:\n- Leaflet\n\nQuote the reference.',
    );
    expect([salutation, blocks.length, enclosures, postscript.length]).toEqual(['Dear Ms Ferris,', 1, ['Leaflet'], 1]);
    expect(signOff).toEqual({ valediction: 'Yours sincerely,', name: 'W Ŷ', role: 'Manager\nFor the office' });
  });

  it('is a paper where there is none of that', () => {
    expect(parseLetter('# Report\n\nDear me, it says.\nYours sincerely he wrote.')).toMatchObject({
      salutation: null,
      signOff: null,
      blocks: [{ kind: 'heading' }, { kind: 'paragraph' }],
    });
  });

  it('loses no word and refuses nothing, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '# ',
            '- ',
            '1. ',
            '> ',
            '| ',
            ' |',
            '**',
            '*',
            '\\',
            '\n',
            '\n\n',
            'word',
            ' ',
            '😀',
            '[page break]',
            'Dear',
            'Yours sincerely,',
          ),
          { maxLength: 40 },
        ),
        (parts) => {
          const text = parts.join('');
          const { salutation, blocks, signOff, enclosures, postscript } = parseLetter(text);
          const said = [...blocks, ...postscript].flatMap((block) =>
            block.kind === 'list'
              ? block.items.map(textOfRuns)
              : block.kind === 'table'
                ? [block.header, ...block.rows].flat().map(textOfRuns)
                : block.kind === 'page-break'
                  ? []
                  : [textOfRuns(block.runs)],
          );
          const all = [salutation, signOff?.valediction, signOff?.name, signOff?.role, ...enclosures, ...said].join(
            ' ',
          );
          expect(all.match(/word/g)?.length ?? 0).toBe(text.match(/word/g)?.length ?? 0);
        },
      ),
    );
  });
});
