import { peopleQuery } from './search-words';

describe('the words of a search for people', () => {
  it.each([
    ['Asha Ferris', `'asha':* & 'ferris':*`],
    ['asha.ferris@post.example', `'asha':* & 'ferris':* & 'post':* & 'example':*`],
    ['ZZ99 3WZ', `'zz99':* & '3wz':*`],
    ['01632 960 123', '1632960123:*'],
    ['+44 (0)1632 960123', '1632960123:*'],
    [`O'Neill' | !x:A & (`, `'o':* & 'neill':* & 'x':* & 'a':*`],
    ['  ', null],
    ['&|!', null],
    ['Siân', `'siân':*`],
  ])('%s', (text, expected) => {
    expect(peopleQuery(text)).toBe(expected);
  });

  it('takes a dozen words at most', () => {
    expect(peopleQuery('word '.repeat(100))?.split('&')).toHaveLength(12);
  });
});
