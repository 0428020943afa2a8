import {
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  AlignmentType,
  BorderStyle,
  TabStopType,
} from 'docx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { dayInWords } from '@app/kernel';
import { documentLine, documentText } from '../domain/document-text';
import type { Block, LetterDocument, Runs } from '../domain/letter-document';

const FONT = 'Arial';
/** Twentieths of a point, as Word counts. */
const TWIPS = { margin: 1440, indent: 480, right: 9026 } as const;
const LEVELS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

/** The letter as a Word file with real headings, lists and table headers. The same letter gives the same bytes. */
export async function renderDocx(letter: LetterDocument): Promise<Buffer> {
  const lists: string[] = [];
  const body = [
    ...head(letter),
    ...letter.blocks.flatMap((block) => blockOf(block, lists)),
    ...foot(letter, lists),
    ...letter.postscript.flatMap((block) => blockOf(block, lists)),
  ];
  const file = new Document({
    title: documentLine(letter.title),
    creator: documentLine(letter.letterhead?.name ?? ''),
    lastModifiedBy: documentLine(letter.letterhead?.name ?? ''),
    styles: styles(letter.language),
    numbering: { config: [...new Set(lists)].map((reference) => numbering(reference)) },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1240, bottom: TWIPS.margin, left: TWIPS.margin, right: TWIPS.margin },
          },
        },
        headers:
          letter.marking === null
            ? {}
            : { default: new Header({ children: [line(letter.marking, { bold: true, size: 18 })] }) },
        footers: { default: footer(letter) },
        children: body,
      },
    ],
  });
  return settled(await Packer.toBuffer(file), letter.date ?? '2000-01-01');
}

/** The file says when it was made, in three places: always the day of the letter, so that its hash means something. */
function settled(bytes: Buffer, day: string): Buffer {
  const instant = `${day}T00:00:00Z`;
  const files = unzipSync(bytes);
  const core = files['docProps/core.xml'];
  if (core) {
    files['docProps/core.xml'] = strToU8(
      strFromU8(core).replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, (_, tag: string) => tag + instant),
    );
  }
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1)));
  return Buffer.from(zipSync(sorted, { mtime: new Date('2000-01-01T00:00:00Z'), level: 6 }));
}

/** Readers tell what kind of file it is by its first entry. */
function order(name: string): number {
  return name === '[Content_Types].xml' ? 0 : 1;
}

function head(letter: LetterDocument): Paragraph[] {
  const { letterhead, addressee, date, references, salutation, subject } = letter;
  const about = [
    ...(date === null ? [] : [dayInWords(date)]),
    ...(references.ours === null ? [] : [`Our reference: ${references.ours}`]),
    ...(references.yours === null ? [] : [`Your reference: ${references.yours}`]),
  ];
  const parts: Paragraph[] = [];
  if (letterhead !== null) {
    const { telephone, email } = letterhead;
    parts.push(line(letterhead.name, { bold: true, size: 26 }));
    const lines = [
      letterhead.addressLines.join(', '),
      [telephone ? `Telephone ${telephone}` : '', email ?? ''].filter(Boolean).join(' · '),
    ];
    parts.push(paragraph([{ text: lines.filter((each) => each !== '').join('\n') }], { after: 400, size: 20 }));
  }
  if (addressee.length > 0) parts.push(paragraph([{ text: addressee.join('\n') }], { after: 360 }));
  if (about.length > 0) parts.push(paragraph([{ text: about.join('\n') }], { after: 360 }));
  if (salutation !== null) parts.push(paragraph([{ text: salutation }]));
  if (subject !== null) {
    parts.push(new Paragraph({ heading: HeadingLevel.HEADING_1, children: runs([{ text: subject }]) }));
  }
  return parts;
}

function foot({ signOff, enclosures }: LetterDocument, lists: string[]): Paragraph[] {
  const parts: Paragraph[] = [];
  if (signOff !== null) {
    parts.push(paragraph([{ text: signOff.valediction }], { after: 800, keepNext: true }));
    const role = signOff.role === null ? [] : [{ text: `\n${signOff.role}` }];
    parts.push(paragraph([{ text: signOff.name, bold: true }, ...role]));
  }
  if (enclosures.length > 0) {
    parts.push(paragraph([{ text: 'Enclosures', bold: true }], { keepNext: true }));
    parts.push(
      ...listOf(
        false,
        enclosures.map((text) => [{ text }]),
        lists,
      ),
    );
  }
  return parts;
}

function footer({ references, marking }: LetterDocument): Footer {
  const small = { font: FONT, size: 18 };
  const [ours, marked] = [documentLine(references.ours ?? ''), documentLine(marking ?? '')];
  return new Footer({
    children: [
      new Paragraph({
        tabStops: [
          { type: TabStopType.CENTER, position: TWIPS.right / 2 },
          { type: TabStopType.RIGHT, position: TWIPS.right },
        ],
        children: [
          new TextRun({ text: ours, ...small }),
          new TextRun({
            children: ['\t', marked, '\t', 'Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
            ...small,
          }),
        ],
      }),
    ],
  });
}

function blockOf(block: Block, lists: string[]): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [new Paragraph({ heading: LEVELS[block.level], keepNext: true, children: runs(block.runs) })];
    case 'paragraph':
      return [paragraph(block.runs)];
    case 'quote':
      return [
        new Paragraph({
          children: runs(block.runs),
          indent: { left: TWIPS.indent },
          border: { left: { style: BorderStyle.SINGLE, size: 12, space: 8, color: '888888' } },
          spacing: { after: 200 },
        }),
      ];
    case 'list':
      return listOf(block.ordered, block.items, lists);
    case 'table':
      return [tableOf(block), paragraph([])];
    case 'page-break':
      return [new Paragraph({ pageBreakBefore: true, children: [] })];
  }
}

/** Every numbered list begins at one: each has a numbering of its own. */
function listOf(ordered: boolean, items: readonly Runs[], lists: string[]): Paragraph[] {
  const reference = ordered ? `numbers-${String(lists.length)}` : 'bullets';
  lists.push(reference);
  return items.map(
    (item, index) =>
      new Paragraph({
        numbering: { reference, level: 0 },
        children: runs(item),
        spacing: { after: index === items.length - 1 ? 200 : 60 },
      }),
  );
}

function numbering(reference: string): {
  reference: string;
  levels: {
    level: number;
    format: (typeof LevelFormat)[keyof typeof LevelFormat];
    text: string;
    alignment: (typeof AlignmentType)[keyof typeof AlignmentType];
    style: object;
  }[];
} {
  const isBullets = reference === 'bullets';
  return {
    reference,
    levels: [
      {
        level: 0,
        format: isBullets ? LevelFormat.BULLET : LevelFormat.DECIMAL,
        text: isBullets ? '•' : '%1.',
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent: { left: TWIPS.indent, hanging: TWIPS.indent - 120 } } },
      },
    ],
  };
}

function tableOf({ header, rows }: Extract<Block, { kind: 'table' }>): Table {
  const width = Math.floor(TWIPS.right / Math.max(1, header.length));
  const cell = (content: Runs, bold: boolean): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      children: [
        new Paragraph({ children: runs(content.map((run) => (bold ? { ...run, bold } : run))), spacing: { after: 0 } }),
      ],
    });
  return new Table({
    width: { size: TWIPS.right, type: WidthType.DXA },
    columnWidths: header.map(() => width),
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: header.map((content) => cell(content, true)) }),
      ...rows.map((row) => new TableRow({ children: row.map((content) => cell(content, false)) })),
    ],
  });
}

interface ParagraphOptions {
  readonly after?: number;
  readonly size?: number;
  readonly keepNext?: boolean;
}

function paragraph(content: Runs, { after = 200, size, keepNext = false }: ParagraphOptions = {}): Paragraph {
  return new Paragraph({ children: runs(content, size), spacing: { after }, keepNext });
}

function line(text: string, { bold, size }: { bold: boolean; size: number }): Paragraph {
  return new Paragraph({ children: runs([{ text, bold }], size), spacing: { after: 40 } });
}

function runs(content: Runs, size?: number): TextRun[] {
  return content.flatMap(({ text, bold, italic }) =>
    documentText(text)
      .split('\n')
      .map(
        (words, index) =>
          new TextRun({
            text: words,
            ...(index > 0 ? { break: 1 } : {}),
            ...(bold === true ? { bold } : {}),
            ...(italic === true ? { italics: italic } : {}),
            ...(size === undefined ? {} : { size }),
          }),
      ),
  );
}

function styles(language: string): object {
  const run = { font: FONT, size: 24, language: { value: language } };
  const heading = (size: number): object => ({
    run: { font: FONT, size, bold: true, color: '000000' },
    paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
  });
  return {
    default: {
      document: { run, paragraph: { spacing: { line: 300 } } },
      heading1: heading(30),
      heading2: heading(27),
      heading3: heading(24),
    },
  };
}
