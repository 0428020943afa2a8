/** A winmail.dat of attributes (MS-OXTNEF 2.1.1). */
export function tnef(...attributes: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('789f3e220000', 'hex'), ...attributes]);
}

export function tnefAttribute(level: number, id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUInt8(level, 0);
  head.writeUInt16LE(id, 1);
  head.writeUInt32LE(data.length, 5);
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(
    data.reduce((sum, byte) => (sum + byte) & 0xffff, 0),
    0,
  );
  return Buffer.concat([head, data, checksum]);
}

/** A list of MAPI properties with values of variable length. */
export function tnefProperties(...properties: readonly [type: number, id: number, value: Buffer][]): Buffer {
  const entries = properties.map(([type, id, value]) => {
    const head = Buffer.alloc(12);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(id, 2);
    head.writeUInt32LE(1, 4);
    head.writeUInt32LE(value.length, 8);
    return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)]);
  });
  const count = Buffer.alloc(4);
  count.writeUInt32LE(properties.length, 0);
  return Buffer.concat([count, ...entries]);
}
