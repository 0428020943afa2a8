type Wording = string | ((standard: string) => string);

/** The first number or list that a standard message names. */
function quoted(pattern: RegExp, wording: (found: string) => string): Wording {
  return (standard) => {
    const found = pattern.exec(standard)?.[1];
    return found === undefined ? standard : wording(found);
  };
}

const characters = (count: string): string => `${count} ${count === '1' ? 'character' : 'characters'}`;
const entries = (count: string): string => `${count} ${count === '1' ? 'entry' : 'entries'}`;
const NUMBER = /(-?\d+(?:\.\d+)?)/;

/** What class-validator says, said to people. */
const WORDINGS: Readonly<Record<string, Wording>> = {
  arrayMaxSize: quoted(NUMBER, (count) => `must have at most ${entries(count)}`),
  arrayMinSize: quoted(NUMBER, (count) => `must have at least ${entries(count)}`),
  arrayNotEmpty: 'must have at least one entry',
  arrayUnique: 'must not repeat an entry',
  isArray: 'must be a list',
  isBase64: 'must be Base64',
  isBoolean: 'must be true or false',
  isDateString: 'must be a date and time such as 2026-04-07T09:30:00Z',
  isDefined: 'is required',
  isEmail: 'must be an e-mail address such as name@example.org',
  isIn: quoted(/: (.*)$/, (values) => `must be one of ${values.replaceAll(',', ', ').replaceAll(/\s+/g, ' ')}`),
  isInt: 'must be a whole number',
  isIso8601: 'must be a date and time such as 2026-04-07T09:30:00Z',
  isLength: (standard) => {
    const count = NUMBER.exec(standard)?.[1] ?? '';
    return `must have at ${standard.startsWith('must be shorter') ? 'most' : 'least'} ${characters(count)}`;
  },
  isNotEmpty: 'must not be empty',
  isNumber: 'must be a number',
  isObject: 'must be an object',
  isRfc3339: 'must be a date and time such as 2026-04-07T09:30:00Z',
  isString: 'must be text',
  isUuid: 'must be an id such as 1b4e28ba-2fa1-4d2c-883f-0016d3cca427',
  matches: 'is not written in the right form',
  max: quoted(NUMBER, (limit) => `must be ${limit} or less`),
  maxLength: quoted(NUMBER, (count) => `must have at most ${characters(count)}`),
  min: quoted(NUMBER, (limit) => `must be ${limit} or more`),
  minLength: quoted(NUMBER, (count) => `must have at least ${characters(count)}`),
  nestedValidation: 'must be an object',
  unknownValue: 'must be an object',
  whitelistValidation: 'is not known here',
};

/** A validator's message in plain English; one that was written for its field is left as it is. */
export function plainMessage(constraint: string, message: string, property: string): string {
  const each = `each value in ${property} `;
  if (constraint === 'whitelistValidation') return 'is not known here';
  // Said of an entry of a list too, at the pointer of that entry.
  if (constraint === 'nestedValidation') return 'must be an object';
  const isEach = message.startsWith(each);
  if (!isEach && !message.startsWith(`${property} `)) return message;
  const standard = message.slice(isEach ? each.length : property.length + 1);
  const wording = WORDINGS[constraint] ?? standard;
  const plain = typeof wording === 'string' ? wording : wording(standard);
  return isEach ? `each entry ${plain}` : plain;
}
