import { plainToInstance } from 'class-transformer';
import { IsArray, IsOptional, validateSync } from 'class-validator';
import {
  instantOf,
  IsBase64Content,
  IsCalendarDay,
  IsContentType,
  IsInstant,
  IsMailAddress,
  ListParameter,
  MaxBytes,
} from './field-checks';

class Fields {
  @IsOptional() @IsCalendarDay() day?: unknown;
  @IsOptional() @IsInstant() at?: unknown;
  @IsOptional() @IsMailAddress() email?: unknown;
  @IsOptional() @IsContentType() contentType?: unknown;
  @IsOptional() @IsBase64Content() content?: unknown;
  @IsOptional() @MaxBytes(4) text?: unknown;
  @IsOptional() @ListParameter() @IsArray() list?: unknown;
}

function wrongFields(values: Fields): string[] {
  return validateSync(plainToInstance(Fields, values)).map(({ property }) => property);
}

describe('checks of one field', () => {
  it.each([
    ['day', ['2026-04-07', '2028-02-29', '1900-01-01']],
    ['at', ['2026-04-07T09:30:00Z', '2026-04-07t09:30:00.123456z', '2026-04-07T09:30:00+01:00']],
    ['email', ['ann@post.example', 'o’neill@post.example'.replace('’', "'"), 'ann+news@post.example']],
    ['contentType', ['application/pdf', 'text/plain; charset=utf-8', 'application/vnd.ms-excel']],
    ['content', ['', 'QQ==', 'QUI=', 'QUJD', 'QUJD'.repeat(2_000_000)]],
    ['text', ['', 'abcd', '££']],
  ] as const)('take a good %s', (field, values) => {
    for (const value of values)
      expect([value.slice(0, 50), wrongFields({ [field]: value })]).toEqual([value.slice(0, 50), []]);
  });

  it.each([
    ['day', ['', '2026-02-29', '2026-4-7', '0000-01-01', '1899-12-31', '2026-04-07T00:00:00Z', 20260407, {}]],
    [
      'at',
      [
        '',
        '2026-04-07',
        '2026-04-07 09:30:00Z',
        '2026-04-07T09:30:00',
        '2026-02-30T09:30:00Z',
        '2026-04-07T24:00:00Z',
        '2026-04-07T09:30:60Z',
        '2026-04-07T09:30:00+24:00',
        1,
        [],
      ],
    ],
    [
      'email',
      [
        '',
        'ann',
        'ann@localhost',
        'ann@post.example, bob@post.example',
        'Ann <ann@post.example>',
        'a@b@post.example',
        5,
      ],
    ],
    ['contentType', ['', 'pdf', 'text/', 'text/plain\r\nX: y', 'text/plain; charset=£', null]],
    ['content', ['Q', 'QQ', 'QQ=', 'QQ==\n', 'QQ=Q', '====', 'Q Q=', 'QQ__', 7]],
    ['text', ['abcde', '£££']],
  ] as const)('refuse a bad %s', (field, values) => {
    for (const value of values.filter((each) => each !== null)) {
      expect([value, wrongFields({ [field]: value })]).toEqual([value, [field]]);
    }
  });

  it('read a list from one parameter or several', () => {
    const list = (value: unknown): unknown => plainToInstance(Fields, { list: value }).list;
    expect([list('a,b'), list(['a', 'b,c']), list(''), list(undefined)]).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
      [],
      undefined,
    ]);
  });

  it('read the same instant however its offset is written', () => {
    expect(instantOf('2026-04-07T10:30:00+01:00')).toEqual(new Date('2026-04-07T09:30:00Z'));
    expect(instantOf('2026-04-07t09:30:00z')).toEqual(new Date('2026-04-07T09:30:00Z'));
  });
});
