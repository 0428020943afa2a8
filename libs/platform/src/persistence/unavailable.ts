import { types } from 'node:util';

const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOSPC']);
/** SQLSTATE classes: connection, resources (disk full, too many connections), operator intervention, system error. */
const CLASSES = new Set(['08', '53', '57', '58']);
const TEXTS =
  /connection terminated|timeout exceeded when trying to connect|connection ended|not queryable|Client was closed|shutting down|DataSource is not|pool after calling end/i;

/** True when the database (or disk) is away for now and the same request may succeed later: 503, 451, retry. */
export function isUnavailable(error: unknown): boolean {
  // Not `instanceof`, which knows only errors of its own realm.
  for (let cause = error, depth = 0; types.isNativeError(cause) && depth < 5; cause = cause.cause, depth++) {
    const { code, driverError } = cause as { code?: unknown; driverError?: unknown };
    if (typeof code === 'string' && (NETWORK.has(code) || (code.length === 5 && CLASSES.has(code.slice(0, 2)))))
      return true;
    // A statement or lock that took too long may pass once the load is gone.
    if (code === '55P03' || code === '40001' || code === '40P01') return true;
    if (TEXTS.test(cause.message)) return true;
    if (driverError !== cause && isUnavailable(driverError)) return true;
  }
  return false;
}

/** The connection broke in the middle of a transaction, which the server has rolled back. */
export class ConnectionLost extends Error {
  /** SQLSTATE connection_failure */
  readonly code = '08006';
  constructor(options?: ErrorOptions) {
    super('The connection to the database was lost', options);
    this.name = 'ConnectionLost';
  }
}
