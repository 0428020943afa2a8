import { unfilledIn, toLetterDocument, type LetterSource } from '../domain/letter-source';
import { composeLetter } from './compose-letter';

const FRAME: Omit<LetterSource, 'text' | 'subject'> = {
  title: 'Decision',
  language: 'en-GB',
  letterhead: null,
  addressee: [],
  date: '2026-11-20',
  references: { ours: null, yours: null },
  marking: null,
};
const compose = (
  body: string,
  fields: Parameters<typeof composeLetter>[1],
  written: string[] = [],
): ReturnType<typeof composeLetter> =>
  composeLetter({ subject: 'About {{ reference }}', body }, { reference: 'WM-1', ...fields }, FRAME, { written });

describe('a letter from a template', () => {
  it('fills in fields and reads the markup of the template and of what our people wrote', () => {
    const { source, problems } = compose(
      'Dear {{ name }},\n\n# Why\n\n{{ reasons }}',
      { name: 'A', reasons: 'One **two**\n\n- three' },
      ['reasons'],
    );
    expect(problems).toEqual([]);
    expect(toLetterDocument(source)).toMatchObject({
      salutation: 'Dear A,',
      subject: 'About WM-1',
      blocks: [
        { kind: 'heading' },
        { kind: 'paragraph', runs: [{ text: 'One ' }, { text: 'two', bold: true }] },
        { kind: 'list' },
      ],
    });
  });

  it.each([
    '# big',
    '- item',
    '> said',
    '1. first',
    '**loud** *soft*',
    '| a | b |',
    'line\n\n# other',
    '\\*',
    '[[field]]',
  ])('takes %j of a stranger as words', (name) => {
    const { source } = compose('{{ name }}', { name });
    const shown = name.replace(/\s+/g, ' ');
    expect(toLetterDocument(source).blocks).toEqual([{ kind: 'paragraph', runs: [{ text: shown }] }]);
    expect(unfilledIn(source)).toEqual([]);
  });

  it('names every unknown and every empty field at once, and marks their places', () => {
    const { source, problems } = compose(
      'Dear {{ name }},\n\n{{ officer.rank }} {{ nothing }} {% if gap %}x{% endif %}{{ gap | default: "so" }}',
      { name: null, gap: null, officer: { rank: null } },
    );
    expect(problems.map(({ field }) => field)).toEqual(['name', 'officer.rank', 'nothing']);
    expect(problems[2]?.message).toMatch(/does not exist/);
    expect(source.text).toBe('Dear [[name]],\n\n[[officer.rank]] [[nothing]] so');
    expect(unfilledIn(source)).toEqual(['name', 'officer.rank', 'nothing']);
  });

  it('says what is wrong with a template that cannot be read', () => {
    expect(() => compose('{% if %}', {})).toThrow(/template cannot be used/);
  });
});
