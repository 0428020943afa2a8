import fc from 'fast-check';
import { readTnef } from './read-tnef';
import { tnef, tnefAttribute, tnefProperties } from './testing/sample-tnef';

describe('readTnef', () => {
  it('is for TNEF only', () => {
    expect(readTnef(Buffer.from('PK\u0003\u0004 a zip'))).toBeNull();
    expect(readTnef(Buffer.alloc(0))).toBeNull();
  });

  it('reads the names of files in the code page that the sender used', () => {
    const codePage = Buffer.alloc(8);
    codePage.writeUInt32LE(1251, 0);
    const file = [
      tnefAttribute(2, 0x9002, Buffer.alloc(14)),
      tnefAttribute(2, 0x8010, Buffer.from([0xcf, 0xf0, 0xe8, 0])),
      tnefAttribute(2, 0x800f, Buffer.from('x')),
    ];
    expect(readTnef(tnef(tnefAttribute(1, 0x9007, codePage), ...file))?.files[0]?.filename).toBe('При');
  });

  it('reads the HTML body and skips properties with names of their own', () => {
    const named = Buffer.concat([
      Buffer.from('1f000180', 'hex'),
      Buffer.alloc(16),
      Buffer.from('01000000', 'hex'),
      Buffer.from('06000000', 'hex'),
      Buffer.from('a\0b\0\0\0\0\0'),
      Buffer.from('01000000', 'hex'),
      Buffer.from('04000000', 'hex'),
      Buffer.from('x\0\0\0'),
    ]);
    const html = tnefProperties([0x0102, 0x1013, Buffer.from('<p>Hello</p>')]);
    html.writeUInt32LE(2, 0);
    const properties = Buffer.concat([html.subarray(0, 4), named, html.subarray(4)]);
    expect(readTnef(tnef(tnefAttribute(1, 0x9003, properties)))).toMatchObject({
      html: '<p>Hello</p>',
      isDamaged: false,
    });
  });

  it('ends on whatever bytes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(1, 2),
            fc.constantFrom(0x9002, 0x9003, 0x9005, 0x9007, 0x800f, 0x8010),
            fc.uint8Array({ maxLength: 60 }),
          ),
          { maxLength: 8 },
        ),
        fc.nat(),
        (attributes, cut) => {
          const bytes = tnef(...attributes.map(([level, id, data]) => tnefAttribute(level, id, Buffer.from(data))));
          expect(readTnef(bytes.subarray(0, 6 + (cut % bytes.length)))).not.toBeUndefined();
        },
      ),
    );
  });
});
