import { Injectable, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { fieldErrors } from './field-errors';
import { InvalidRequest } from './invalid-request';
import { makeStorable } from './storable';

/** Checks every input against its class and refuses what could not be stored, naming each wrong part. */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: (found) => new InvalidRequest(fieldErrors(found)),
    });
  }

  override transform(input: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Custom decorators hand over what we made ourselves.
    if (metadata.type === 'custom') return Promise.resolve(input);
    const { value, errors } = makeStorable(input, metadata.data === undefined ? '' : `/${metadata.data}`);
    if (errors.length > 0) throw new InvalidRequest(errors);
    if (metadata.type === 'body' && this.toValidate(metadata) && !isObject(value)) {
      throw new InvalidRequest([{ pointer: '', message: 'must be an object' }]);
    }
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
