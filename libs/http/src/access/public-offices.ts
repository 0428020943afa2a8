/** The offices that the public may write to: what public routes run for. Provided by the application. */
export abstract class PublicOffices {
  abstract all(): Promise<readonly string[]>;
}
