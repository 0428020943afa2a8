/** What a password must not be: short, well known, or the person. Nothing is asked of its characters. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

// The known ones of twelve characters and more, and what an office would think of first.
const COMMON = [
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789101112',
  '111111111111',
  '000000000000',
  '123123123123',
  '121212121212',
  '987654321098',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdfghjkl',
  'qwerty123456',
  'qwerty1234567',
  'qwertyqwerty',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghijkl',
  'abcdef123456',
  'abcd12345678',
  'asdfghjkl123',
  'iloveyou1234',
  'letmein12345',
  'letmeinplease',
  'changeme1234',
  'changemenow1',
  'welcome12345',
  'welcome123456',
  'administrator',
  'administrator1',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'mypassword123',
  'newpassword1',
  'thisismypassword',
  'correcthorsebatterystaple',
  'sunshine1234',
  'football1234',
  'liverpool1234',
  'manchesterunited',
  'westmercia123',
  'westmidlands1',
  'warwickshire',
  'warwickshire1',
  'staffordshire',
  'staffordshire1',
  'policeandcrime',
  'commissioner',
  'commissioner1',
  'postbagpostbag',
];

/** What is wrong with a new password, for the person to read; null when it may be used. */
export function passwordComplaint(
  password: string,
  of: { readonly name: string; readonly email: string },
): string | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `must have at least ${String(SHORTEST_PASSWORD)} characters`;
  if (length > LONGEST_PASSWORD) return `must have at most ${String(LONGEST_PASSWORD)} characters`;
  const plain = plainOf(password);
  if (new Set(password).size < 4) return 'must not be the same few characters again and again';
  if (COMMON.some((each) => plain === plainOf(each))) return 'is one of the passwords that are tried first';
  const own = [of.email, of.email.split('@')[0] ?? '', of.name].map(plainOf).filter((each) => each.length >= 4);
  const rest = own.reduce((left, each) => left.replaceAll(each, ''), plain);
  if (rest.length < 6 && rest !== plain) return 'must not be your name or your e-mail address';
  return null;
}

/** Letters and digits alone, in small letters: a full stop or an exclamation mark does not make it another password. */
function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
