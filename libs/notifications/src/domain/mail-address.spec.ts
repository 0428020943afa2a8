import { isMailAddress, mailboxOf } from './mail-address';

describe('isMailAddress', () => {
  it.each(['a@b.example', "mary.o'brien+pcc@mail.example", 'jörg@büro.example', `${'a'.repeat(64)}@b.example`])(
    'accepts %s',
    (address) => expect(isMailAddress(address)).toBe(true),
  );

  it.each([
    '',
    'nobody',
    '@b.example',
    'a@b',
    'a@b..example',
    'a..b@c.example',
    'a@[192.0.2.1]',
    'a@192.0.2.1',
    'a@nowhere.invalid',
    'a@b.example, c@d.example',
    'A Person <a@b.example>',
    'a@b.example\r\nRCPT TO:<c@d.example>',
    'a b@c.example',
    '"quoted"@b.example',
    'a@-b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(130)}example`,
  ])('refuses %j', (address) => expect(isMailAddress(address)).toBe(false));
});

describe('mailboxOf', () => {
  it('ignores case and tag', () => {
    expect(mailboxOf(' OPCC+Reviews@West-Mercia.example ')).toBe('opcc@west-mercia.example');
    expect(mailboxOf('+all@b.example')).toBe('+all@b.example');
    expect(mailboxOf('none')).toBeNull();
  });
});
