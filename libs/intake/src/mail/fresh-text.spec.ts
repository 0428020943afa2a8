import { freshText } from './fresh-text';
import { growth } from '../../../../test/setup/growth';

describe('freshText', () => {
  it.each([
    [
      'English',
      'Thank you.\n\nOn Mon, 2 Mar 2026 at 10:00, The Office <opcc@west-mercia.example> wrote:\n> Dear Jane\n> we write',
    ],
    [
      'a long one in two lines',
      'Thank you.\n\nOn Mon, 2 Mar 2026 at 10:00, The Office of the Commissioner\n<opcc@west-mercia.example> wrote:\n\n> Dear Jane',
    ],
    ['Outlook', 'Thank you.\n\n-----Original Message-----\nFrom: The Office\nSent: Monday\n\nDear Jane'],
    [
      'French',
      'Thank you.\n\nLe lun. 2 mars 2026 à 10:00, Le Bureau <opcc@west-mercia.example> a écrit :\n> Chère Jane',
    ],
    ['German', 'Thank you.\n\nAm 02.03.2026 um 10:00 schrieb Das Amt <opcc@west-mercia.example>:\n> Liebe Jane'],
  ])('leaves out the mail that is answered: %s', (_, text) => {
    expect(freshText(text)).toBe('Thank you.');
  });

  it('keeps the signature, which may hold the address', () => {
    const text = 'Please call.\n\nKind regards,\nJane Doe\n1 High Street, Worcester\n01905 000000\n\n> earlier words';
    expect(freshText(text)).toContain('1 High Street, Worcester\n01905 000000');
    expect(freshText(text)).not.toContain('earlier words');
  });

  it('keeps answers between the lines that are quoted', () => {
    const fresh = freshText('> Is it dark?\nYes.\n> All night?\nUntil six.');
    expect(fresh).toContain('Yes.');
    expect(fresh).toContain('Until six.');
    expect(fresh).not.toContain('All night');
  });

  it('gives the whole text where there is nothing but quotation, and where there is none', () => {
    expect(freshText('> only this')).toBe('> only this');
    expect(freshText('Dear Commissioner,\n\nthe lamp is out.')).toBe('Dear Commissioner,\n\nthe lamp is out.');
  });

  it('gives long lines back unharmed', () => {
    const long = `A ${'very '.repeat(200)}long line with the sender's own \ue0000\ue001 in it.`;
    expect(freshText(`${long}\n\n> quoted`)).toBe(long.replace(/[\ue000\ue001]/g, ''));
  });

  it('leaves out quotation far down in a long letter', () => {
    const letter = 'This is a line of a long letter about the lamp.\n'.repeat(600);
    const fresh = freshText(`${letter}\nOn Mon, 2 Mar 2026 at 10:00, The Office wrote:\nDear Jane`);
    expect(fresh).toBe(letter.trim());
  });

  it.each(['Op a schreef b\n', 'abc. x skrev \n\n', '\n \n', 'On a b c d\n', '在\n', '> >\n', '2002from<'])(
    'takes no more than its share of time for a long repetition of %j',
    async (line) => {
      const read = (length: number): unknown => freshText(line.repeat(Math.ceil(length / line.length)));
      expect(await growth(read, 100_000, 400_000)).toBeLessThan(8);
    },
  );
});
