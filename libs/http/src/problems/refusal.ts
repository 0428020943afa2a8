import { HttpException } from '@nestjs/common';

/** A refusal by the edge itself, with the headers that tell the caller how to go on. */
export class Refusal extends HttpException {
  constructor(
    status: number,
    readonly headers: Readonly<Record<string, string>> = {},
    sentence = '',
  ) {
    super(sentence, status);
  }
}
