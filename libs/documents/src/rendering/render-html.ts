import { dayInWords } from '@app/kernel';
import { documentText } from '../domain/document-text';
import type { Block, LetterDocument, Run, Runs } from '../domain/letter-document';

/**
 * The letter as an HTML fragment for a preview: only elements named here, every text escaped, so that it may stand in a
 * page of ours. Headings begin at `firstHeading`, below the page's own.
 */
export function renderHtml(letter: LetterDocument, firstHeading = 3): string {
  const parts = [
    letter.marking === null ? '' : `<p class="postbag-paper__marking">${escape(letter.marking)}</p>`,
    letterhead(letter),
    lines('postbag-paper__addressee', letter.addressee),
    letter.date === null ? '' : `<p>${escape(dayInWords(letter.date))}</p>`,
    references(letter),
    letter.salutation === null ? '' : `<p>${escape(letter.salutation)}</p>`,
    letter.subject === null ? '' : `<p><strong>${escape(letter.subject)}</strong></p>`,
    ...letter.blocks.map((block) => blockHtml(block, firstHeading)),
    signOff(letter),
    enclosures(letter),
    ...letter.postscript.map((block) => blockHtml(block, firstHeading)),
  ];
  return `<div class="postbag-paper" lang="${letter.language}">${parts.join('')}</div>`;
}

function letterhead({ letterhead: head }: LetterDocument): string {
  if (head === null) return '';
  const about = [...head.addressLines, ...(head.telephone ? [`Telephone ${head.telephone}`] : []), head.email ?? ''];
  const rest = about.filter((line) => line !== '').map((line) => `<br>${escape(line)}`);
  return `<p class="postbag-paper__letterhead"><strong>${escape(head.name)}</strong>${rest.join('')}</p>`;
}

function references({ references: { ours, yours } }: LetterDocument): string {
  const named = [ours === null ? '' : `Our reference: ${ours}`, yours === null ? '' : `Your reference: ${yours}`];
  return lines(
    '',
    named.filter((line) => line !== ''),
  );
}

function signOff({ signOff: signed }: LetterDocument): string {
  if (signed === null) return '';
  const names = [signed.name, ...(signed.role ?? '').split('\n')].filter((line) => line !== '');
  return `<p>${escape(signed.valediction)}</p>${lines('postbag-paper__signature', names)}`;
}

function enclosures({ enclosures: names }: LetterDocument): string {
  if (names.length === 0) return '';
  return `<p>Enclosures:</p><ul>${names.map((name) => `<li>${escape(name)}</li>`).join('')}</ul>`;
}

function lines(classes: string, texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return `<p${classes === '' ? '' : ` class="${classes}"`}>${texts.map(escape).join('<br>')}</p>`;
}

function blockHtml(block: Block, first: number): string {
  switch (block.kind) {
    case 'heading': {
      const tag = `h${String(Math.min(6, first + block.level - 1))}`;
      return `<${tag}>${runsHtml(block.runs)}</${tag}>`;
    }
    case 'paragraph':
      return `<p>${runsHtml(block.runs)}</p>`;
    case 'quote':
      return `<blockquote>${runsHtml(block.runs)}</blockquote>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${runsHtml(item)}</li>`).join('')}</${tag}>`;
    }
    case 'table': {
      const cells = (tag: string, row: readonly Runs[]): string =>
        `<tr>${row.map((cell) => `<${tag}>${runsHtml(cell)}</${tag}>`).join('')}</tr>`;
      const head = cells('th scope="col"', block.header).replaceAll('</th scope="col">', '</th>');
      return `<table><thead>${head}</thead><tbody>${block.rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
    }
    case 'page-break':
      return '<hr class="postbag-paper__break">';
  }
}

function runsHtml(runs: Runs): string {
  return runs.map(runHtml).join('');
}

function runHtml({ text, bold, italic }: Run): string {
  const words = escape(text).replaceAll('\n', '<br>');
  const styled = italic === true ? `<em>${words}</em>` : words;
  return bold === true ? `<strong>${styled}</strong>` : styled;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return documentText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
