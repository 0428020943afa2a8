/** The embedded database cannot start or go on. The message is one line for the person at the terminal. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
};

/** Says in words why the system refused to write `what`; an error that is ours already passes through. */
export function refusedToWrite(what: string, error: unknown): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error;
  const code = errorCode(error);
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new EmbeddedPostgresError(`${what} cannot be written: ${reason}`, { cause: error });
}

/** An error of the file system, told of `what`; any other error as it is. */
export function explained(what: string, error: unknown): unknown {
  return errorCode(error) in reasons ? refusedToWrite(what, error) : error;
}

export function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
