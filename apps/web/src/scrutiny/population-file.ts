import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';
import type { GivenAttachment } from '@app/intake';

const HEADINGS = /^(reference|ref|case ?(number|ref|reference)|complaint ?(number|ref|reference)|file)$/i;

/**
 * The references of a CSV file: the column whose heading names them, else the first. What a spreadsheet writes with
 * semicolons or tabs is read as well. What cannot be read is one entry, which the rules then refuse by its line.
 */
export function entriesOf({ content }: GivenAttachment): readonly string[] {
  const text = decode(content, content[0] === 0xff && content[1] === 0xfe ? 'utf16-le' : 'utf-8').replace(
    /^\ufeff/,
    '',
  );
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, {
      delimiter: [',', ';', '\t'],
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
    });
  } catch {
    return ['the file cannot be read'];
  }
  const [first = [], ...rest] = rows;
  const column = first.findIndex((cell) => HEADINGS.test(cell.trim()));
  return column >= 0 ? rest.map((row) => row[column] ?? '') : rows.map((row) => row[0] ?? '');
}
