import type { ArgumentMetadata } from '@nestjs/common';
import type { FieldError } from '@app/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { RequestValidationPipe } from './validation-pipe';

class Inner {
  @IsString() name!: string;
}

class Everything {
  @IsOptional() @IsString() @IsNotEmpty() @MinLength(2) @MaxLength(5) text?: unknown;
  @IsOptional() @Length(3, 4) length?: unknown;
  @IsOptional() @IsInt() @Min(1) @Max(10) count?: unknown;
  @IsOptional() @IsBoolean() flag?: unknown;
  @IsOptional() @IsIn(['one', 'two']) choice?: unknown;
  @IsOptional() @IsUUID() id?: unknown;
  @IsOptional() @Matches(/^x$/) form?: unknown;
  @IsOptional() @Matches(/^x$/, { message: 'must be a telephone number' }) phone?: unknown;
  @IsOptional() @IsObject() thing?: unknown;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(2) @IsString({ each: true }) tags?: unknown;
  @IsOptional() @IsDefined() @ValidateNested() @Type(() => Inner) inner?: Inner;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Inner) list?: Inner[];
}

class Needed {
  @IsString() @MaxLength(5) subject!: string;
}

const body: ArgumentMetadata = { type: 'body', metatype: Everything };

async function errorsOf(value: unknown, metadata = body): Promise<readonly FieldError[]> {
  try {
    await new RequestValidationPipe().transform(value, metadata);
    return [];
  } catch (error) {
    return (error as { errors: readonly FieldError[] }).errors;
  }
}

describe('RequestValidationPipe', () => {
  it.each([
    [{ text: 5 }, '/text', 'must be text'],
    [{ text: '' }, '/text', 'must not be empty'],
    [{ text: 'a' }, '/text', 'must have at least 2 characters'],
    [{ text: 'abcdef' }, '/text', 'must have at most 5 characters'],
    [{ length: 'ab' }, '/length', 'must have at least 3 characters'],
    [{ length: 'abcde' }, '/length', 'must have at most 4 characters'],
    [{ count: 1.5 }, '/count', 'must be a whole number'],
    [{ count: 0 }, '/count', 'must be 1 or more'],
    [{ count: 11 }, '/count', 'must be 10 or less'],
    [{ flag: 'yes' }, '/flag', 'must be true or false'],
    [{ choice: 'three' }, '/choice', 'must be one of one, two'],
    [{ id: '1' }, '/id', 'must be an id such as 1b4e28ba-2fa1-4d2c-883f-0016d3cca427'],
    [{ form: 'y' }, '/form', 'is not written in the right form'],
    [{ phone: 'y' }, '/phone', 'must be a telephone number'],
    [{ thing: [] }, '/thing', 'must be an object'],
    [{ tags: 'a' }, '/tags', 'must be a list'],
    [{ tags: [] }, '/tags', 'must have at least 1 entry'],
    [{ tags: ['a', 'b', 'c'] }, '/tags', 'must have at most 2 entries'],
    [{ tags: ['a', 5] }, '/tags', 'each entry must be text'],
    [{ inner: 'a' }, '/inner', 'must be an object'],
    [{ inner: {} }, '/inner/name', 'is required'],
    [{ list: [{ name: 'a' }, { name: 5 }] }, '/list/1/name', 'must be text'],
    [{ list: 'a' }, '/list', 'must be a list'],
    [{ list: [{ name: 'a' }, 'a'] }, '/list/1', 'must be an object'],
    [{ other: 'a' }, '/other', 'is not known here'],
    [{ list: [{ name: 'a', 'b/c': 1 }] }, '/list/0/b~1c', 'is not known here'],
  ])('says of %j at %s that it %s', async (value, pointer, message) => {
    expect(await errorsOf(value)).toEqual([{ pointer, message }]);
  });

  it('says once of each missing part that it is required', async () => {
    expect(await errorsOf({}, { type: 'body', metatype: Needed })).toEqual([
      { pointer: '/subject', message: 'is required' },
    ]);
    expect(await errorsOf(undefined, { type: 'body', metatype: Needed })).not.toEqual([]);
  });

  it.each([[[]], ['text'], [5], [null], [true]])('refuses the body %j', async (value) => {
    expect(await errorsOf(value)).toEqual([{ pointer: '', message: 'must be an object' }]);
  });

  it('answers an instance of the class for a good body', async () => {
    const kept = await new RequestValidationPipe().transform({ inner: { name: 'a' } }, body);
    expect(kept).toBeInstanceOf(Everything);
    expect((kept as Everything).inner).toBeInstanceOf(Inner);
  });

  it('points at the parameter of the address that cannot be kept', async () => {
    const errors = await errorsOf('a\0', { type: 'param', metatype: String, data: 'reference' });
    expect(errors).toEqual([{ pointer: '/reference', message: 'must not contain the NUL character' }]);
  });

  it('does not touch what a decorator of ours made', async () => {
    const made = { version: 7 };
    expect(await new RequestValidationPipe().transform(made, { type: 'custom', metatype: Object })).toBe(made);
  });
});
