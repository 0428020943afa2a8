/** An error as it may be logged: enough to find the defect, nothing that a person wrote or a database row holds. */
export interface SafeError {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
  readonly stack?: string;
  readonly cause?: SafeError;
}

const DEEPEST_CAUSE = 5;

export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, table, constraint, driverError } = error as unknown as Record<string, unknown>;
  const cause = error.cause ?? driverError;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.constructor.name,
    ...(quotesContent(error) ? {} : { message: error.message }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(frames && frames.length > 0 ? { stack: frames.join('\n') } : {}),
    ...(cause instanceof Error && cause !== error && depth < DEEPEST_CAUSE
      ? { cause: safeError(cause, depth + 1) }
      : {}),
  };
}

/** PostgreSQL quotes the value it refused, TypeORM keeps the parameters, a parser quotes what it read. */
function quotesContent(error: Error): boolean {
  return 'severity' in error || 'driverError' in error || 'parameters' in error || error instanceof SyntaxError;
}
