import { DomainError } from '@app/kernel';

/** The organisation's sign-in gave nothing that we believe. `reason` is for the log. */
export class ExternalSignInRefused extends DomainError {
  readonly code = 'access.external-sign-in-refused';
  readonly kind = 'forbidden';
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super('Your organisation’s sign-in could not be confirmed. Please try again.', options);
  }
}

/** Somebody of the organisation who was not added here. */
export class NobodyHere extends ExternalSignInRefused {
  constructor(reason: 'unknown-person' | 'linked-otherwise' | 'no-role') {
    super(reason);
    this.message =
      'You are signed in at your organisation, but you have no access to Postbag. Ask an administrator of your office to add you.';
  }
}

/** The provider does not answer. */
export class ProviderAway extends DomainError {
  readonly code = 'access.provider-away';
  readonly kind = 'unavailable';
  constructor(options?: ErrorOptions) {
    super('Your organisation’s sign-in does not answer. Please try again in a few minutes.', options);
  }
}
