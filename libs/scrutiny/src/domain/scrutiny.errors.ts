import { DomainError, type FieldError } from '@app/kernel';

/** Also for what the caller may not know of. */
export class ScrutinyRecordNotFound extends DomainError {
  readonly code = 'scrutiny.not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such record.');
  }
}

/** An input is wrong; `errors` names each wrong field. */
export class InvalidScrutinyInput extends DomainError {
  readonly code = 'scrutiny.invalid-input';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ message }) => message).join('; '), { errors });
  }
}

/** The record exists, but what was asked does not fit what happened before. */
export class ScrutinyRefused extends DomainError {
  readonly code = 'scrutiny.refused';
  readonly kind = 'conflict';
}

/** Collects what is wrong with an input, to be said all at once. */
export class InputCheck {
  readonly #errors: FieldError[] = [];

  /** Notes the message at the field unless the condition holds. */
  require(condition: boolean, field: string, message: string): this {
    if (!condition) this.#errors.push({ pointer: `/${field}`, message });
    return this;
  }

  /** @throws InvalidScrutinyInput */
  done(): void {
    if (this.#errors.length > 0) throw new InvalidScrutinyInput(this.#errors);
  }
}
