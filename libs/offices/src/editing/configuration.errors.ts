import { DomainError, type FieldError } from '@app/kernel';

/** There is no such entry, or none that the caller may know of. */
export class ConfigurationNotFound extends DomainError {
  readonly code = 'offices.configuration-not-found';
  readonly kind = 'not-found';
  constructor() {
    super('There is no such entry.');
  }
}

/** What was given cannot be stored; `errors` names each wrong part. */
export class InvalidConfiguration extends DomainError {
  readonly code = 'offices.invalid-configuration';
  readonly kind = 'invalid';
  constructor(errors: readonly FieldError[]) {
    super('The entry cannot be saved like this.', { errors });
  }
}

/** A change was made from an older version of the entry than the newest one. */
export class ConfigurationChangedMeanwhile extends DomainError {
  readonly code = 'offices.configuration-changed-meanwhile';
  readonly kind = 'conflict';
  constructor() {
    super('This setting was changed by somebody else in the meantime. Look again and repeat.');
  }
}

/** Other configuration, or open cases, need the entry. The message says which or how many. */
export class ConfigurationInUse extends DomainError {
  readonly code = 'offices.configuration-in-use';
  readonly kind = 'conflict';
  constructor(readonly uses: readonly string[]) {
    super(uses.join(' '));
  }
}

/** An entry of all offices may be changed only by somebody who answers for all of them. */
export class SharedConfigurationRefused extends DomainError {
  readonly code = 'offices.shared-configuration-refused';
  readonly kind = 'forbidden';
  constructor() {
    super(
      'All offices share this entry, so only an administrator of every office can change it. Make a version of its own for your office instead.',
    );
  }
}
