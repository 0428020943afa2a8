import { parse } from 'csv-parse/sync';
import { InvalidReviewInput } from '../../domain/review.errors';

/** The first sheet of a file: its headers, and what stands below them by line. */
export interface Sheet {
  readonly headers: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** As the spreadsheet program numbers it. */
  readonly line: number;
  readonly cells: readonly string[];
}

export const MOST_IMPORT_ROWS = 2000;
export const MOST_IMPORT_BYTES = 5 * 1024 * 1024;
const MOST_COLUMNS = 80;
const LONGEST_CELL = 20_000;
const UNREADABLE = 'is no spreadsheet that can be read: give it as .xlsx or .csv';

/** @throws InvalidReviewInput at `/file` */
export async function readSheet(filename: string, bytes: Buffer): Promise<Sheet> {
  if (bytes.length === 0) throw new InvalidReviewInput('/file', 'is empty');
  if (bytes.length > MOST_IMPORT_BYTES) throw new InvalidReviewInput('/file', 'must be 5 megabytes or less');
  // A file of Excel is a ZIP archive.
  const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK';
  if (!isZip && !/\.(csv|txt|tsv)$/i.test(filename)) throw new InvalidReviewInput('/file', UNREADABLE);
  const lines = (isZip ? await readExcel(bytes) : readCsv(bytes)).filter(({ cells }) =>
    cells.some((cell) => cell !== ''),
  );
  const [header, ...rows] = lines;
  if (!header || rows.length === 0) throw new InvalidReviewInput('/file', 'has no line below its headers');
  if (rows.length > MOST_IMPORT_ROWS) {
    throw new InvalidReviewInput('/file', `must not have more than ${MOST_IMPORT_ROWS.toLocaleString('en-GB')} lines`);
  }
  return { headers: named(header.cells), rows };
}

/** Empty headers are called by their letter, and one that is there twice keeps apart. */
function named(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.slice(0, MOST_COLUMNS).map((cell, index) => {
    const name = cell.replace(/\s+/g, ' ').slice(0, 200) || `Column ${String(index + 1)}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name} (${String(before + 1)})`;
  });
}

async function readExcel(bytes: Buffer): Promise<SheetRow[]> {
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  try {
    await workbook.xlsx.load(bytes as never);
  } catch (error) {
    throw new InvalidReviewInput('/file', UNREADABLE + (error instanceof RangeError ? ' (it is too large)' : ''));
  }
  const rows: SheetRow[] = [];
  workbook.worksheets[0]?.eachRow({ includeEmpty: false }, (row, line) => {
    const cells: string[] = [];
    for (let column = 1; column <= Math.min(row.cellCount, MOST_COLUMNS); column += 1) {
      cells.push(clean(textOfCell(row.getCell(column).value)));
    }
    rows.push({ line, cells });
  });
  return rows;
}

/** A day as `2026-03-02`, a formula as what it gave, formatted text as its words. */
function textOfCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  const { richText, result, text } = value as { richText?: { text: string }[]; result?: unknown; text?: unknown };
  if (Array.isArray(richText)) return richText.map((part) => part.text).join('');
  return textOfCell(result ?? text ?? null);
}

function readCsv(bytes: Buffer): SheetRow[] {
  const text = decode(bytes);
  const [first = ''] = text.split(/\r?\n/, 1);
  const delimiter = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  try {
    // Numbered as a spreadsheet program does: a row may have several lines of text.
    const records: string[][] = parse(text, { delimiter, bom: true, relax_column_count: true });
    return records.map((record, index) => ({ line: index + 1, cells: record.slice(0, MOST_COLUMNS).map(clean) }));
  } catch {
    throw new InvalidReviewInput('/file', UNREADABLE);
  }
}

/** Excel of Windows writes CSV in its own alphabet. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .trim()
    .slice(0, LONGEST_CELL);
}
