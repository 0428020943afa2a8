import { AddressRefused, fetchJson } from './fetch-json';
import { isPublicAddress } from './public-address';

describe('an address on the open internet', () => {
  it.each(['23.1.2.3', '151.101.0.144', '2a04:4e42::144', '2606:4700::1111'])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'],
    ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.2.1', '198.18.0.1', '203.0.113.9'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:7f00:1'],
    ...['64:ff9b::a00:1', '2002:a00:1::1', '2001:db8::1', 'not an address', ''],
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('fetching from an address that somebody typed', () => {
  const to =
    (...addresses: string[]) =>
    (): Promise<{ address: string; family: number }[]> =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

  it.each([
    ['http://www.gov.uk/bank-holidays.json', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://www.gov.uk:8443/', 'must not name a port'],
    ['https://somebody:secret@www.gov.uk/', 'must not hold a name or password'],
    ['gov.uk', 'must be an address such as'],
    ['https://127.0.0.1/', 'must be a server on the open internet'],
    ['https://2130706433/', 'must be a server on the open internet'],
    ['https://0x7f.1/', 'must be a server on the open internet'],
    ['https://[::ffff:169.254.169.254]/', 'must be a server on the open internet'],
  ])('refuses %s', async (address, why) => {
    await expect(fetchJson(address, to('151.101.0.144'))).rejects.toThrow(why);
  });

  it('refuses a name that leads inside, also when only one of its addresses does', async () => {
    await expect(fetchJson('https://inside.example/', to('10.0.0.5'))).rejects.toThrow(AddressRefused);
    await expect(fetchJson('https://mixed.example/', to('151.101.0.144', '192.168.0.1'))).rejects.toThrow(
      AddressRefused,
    );
    await expect(fetchJson('https://nowhere.example/', () => Promise.reject(new Error('x')))).rejects.toThrow(
      'there is no such server',
    );
  });
});
