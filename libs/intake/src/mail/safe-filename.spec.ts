import fc from 'fast-check';
import { MAX_FILENAME_CHARS, safeFilename } from './safe-filename';

describe('safeFilename', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
    ['/etc/', 'etc'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['in\u200bvoice\u0000.pdf\r\n', 'invoice.pdf'],
    ['a<b>:"|?*.txt', 'a_b______.txt'],
    ['.htaccess', 'htaccess'],
    ['report.pdf. . ', 'report.pdf'],
    ['con', '_con'],
    ['Aux.tar.gz', '_Aux.tar.gz'],
    ['console.txt', 'console.txt'],
    ['half\ud800.txt', 'half_.txt'],
    ['Straße  mit   Platz.docx', 'Straße mit Platz.docx'],
    ['cafe\u0301.txt', 'café.txt'],
  ])('makes %j into %j', (original, expected) => {
    expect(safeFilename(original, 'text/plain', 1)).toBe(expected);
  });

  it.each([null, '', '   ', '...', '..\\..', '\u202e', '???'])('names a file that %j does not name', (original) => {
    expect(safeFilename(original, 'application/pdf', 3)).toBe('attachment-3.pdf');
    expect(safeFilename(original, 'application/x-unknown', 4)).toBe('attachment-4');
  });

  it('shortens a long name and keeps its extension', () => {
    const name = safeFilename(`${'ä'.repeat(149)}😀${'x'.repeat(5000)}.jpeg`, 'image/jpeg', 1);
    expect(name.endsWith('.jpeg')).toBe(true);
    expect(name.length).toBeLessThanOrEqual(MAX_FILENAME_CHARS);
  });

  it('is safe whatever the sender writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (original) => {
        const name = safeFilename(original, 'text/plain', 1);

        expect(name).not.toMatch(
          /[\u0000-\u001f\u007f-\u009f<>:"|?*\\/\u200e\u200f\u202a-\u202e\u2066-\u2069]|^\.|[. ]$/,
        );
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(MAX_FILENAME_CHARS);
        expect(name.isWellFormed()).toBe(true);
      }),
    );
  });
});
