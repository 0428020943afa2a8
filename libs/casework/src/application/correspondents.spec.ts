import { matchKey, phoneKey, type CorrespondentDetails } from './correspondents';

const NOBODY: CorrespondentDetails = {
  name: null,
  email: null,
  phone: null,
  postcode: null,
  organisation: null,
  capacity: null,
};

describe('what makes two letters come from one correspondent', () => {
  it('is the address, however it is written', () => {
    expect(matchKey({ ...NOBODY, name: 'Ann Example', email: ' Ann@Post.example' })).toBe('email:ann@post.example');
  });

  it('is the telephone with the name, at home and from abroad', () => {
    expect(phoneKey('01632 960123')).toBe(phoneKey('+44 (0)1632 960123'));
    expect(matchKey({ ...NOBODY, name: 'Ann  Example', phone: '01632 960123' })).toBe(
      matchKey({ ...NOBODY, name: 'ann example', phone: '0044 1632 960123' }),
    );
  });

  it('is the name with the postcode, and nothing where one of them is missing', () => {
    expect(matchKey({ ...NOBODY, name: 'Ann Example', postcode: 'zz99 1wm' })).toBe('name:ann example:ZZ991WM');
    expect(matchKey({ ...NOBODY, name: 'Ann Example' })).toBeNull();
    expect(matchKey({ ...NOBODY, phone: '999' })).toBeNull();
  });

  it('fits an index, also for a name of which each letter stands for eighteen', () => {
    const [one, other] = ['\ufdfa'.repeat(200), `${'\ufdfa'.repeat(199)}x`].map((name) =>
      matchKey({ ...NOBODY, name, postcode: 'ZZ99 1WM' }),
    );
    expect(Buffer.byteLength(one ?? '')).toBeLessThan(2000);
    expect(one).not.toBe(other);
  });
});
