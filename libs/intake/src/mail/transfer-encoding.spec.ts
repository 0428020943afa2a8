import fc from 'fast-check';
import { decodeTransferEncoding } from './transfer-encoding';

const decode = (text: string, encoding: string): string =>
  Buffer.from(decodeTransferEncoding(Buffer.from(text), encoding)).toString('latin1');

describe('decodeTransferEncoding', () => {
  it('undoes base64 in lines of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (bytes, width) => {
        const lines =
          Buffer.from(bytes)
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
        expect(Buffer.from(decodeTransferEncoding(Buffer.from(lines.join('\r\n')), 'base64'))).toEqual(
          Buffer.from(bytes),
        );
      }),
    );
  });

  it('undoes quoted-printable in which everything is quoted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const quoted = [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('=\r\n');
        expect(Buffer.from(decodeTransferEncoding(Buffer.from(quoted), 'quoted-printable'))).toEqual(
          Buffer.from(bytes),
        );
      }),
    );
  });

  it.each([
    ['YQ==Yg==', 'base64', 'ab'],
    ['Y\tQ!', 'base64', 'a'],
    ['Y', 'base64', ''],
    ['', 'base64', ''],
    ['a=\r\nb', 'quoted-printable', 'ab'],
    ['a= \t\nb', 'quoted-printable', 'ab'],
    ['a=3db=', 'quoted-printable', 'a=b'],
    ['100% = all', 'quoted-printable', '100% = all'],
    ['a=3', '8bit', 'a=3'],
  ])('reads %j in %s as %j', (text, encoding, decoded) => {
    expect(decode(text, encoding)).toBe(decoded);
  });
});
