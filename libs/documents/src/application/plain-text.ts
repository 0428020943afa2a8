import { dayInWords } from '@app/kernel';
import { textOfRuns, type Block } from '../domain/letter-document';
import { toLetterDocument, type LetterSource } from '../domain/letter-source';

/** A letter as plain text, as the thread of a case shows it and a search finds it. */
export function plainTextOf(source: LetterSource): string {
  const letter = toLetterDocument(source);
  const { signOff } = letter;
  const parts = [
    letter.addressee.join('\n'),
    letter.date === null ? '' : dayInWords(letter.date),
    letter.salutation ?? '',
    letter.subject ?? '',
    ...letter.blocks.map(textOfBlock),
    signOff === null ? '' : [signOff.valediction, '', signOff.name, signOff.role ?? ''].join('\n').trim(),
    letter.enclosures.length === 0 ? '' : `Enclosures:\n${letter.enclosures.map((each) => `- ${each}`).join('\n')}`,
    ...letter.postscript.map(textOfBlock),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'list':
      return block.items
        .map((item, index) => `${block.ordered ? `${String(index + 1)}.` : '-'} ${textOfRuns(item)}`)
        .join('\n');
    case 'table':
      return [block.header, ...block.rows].map((row) => row.map(textOfRuns).join(' | ')).join('\n');
    case 'page-break':
      return '';
    case 'heading':
    case 'paragraph':
    case 'quote':
      return textOfRuns(block.runs);
  }
}
