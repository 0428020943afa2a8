import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';

/** One wrong environment variable: the process stops with this one line. */
export class ConfigError extends Error {
  constructor(
    readonly variable: string,
    problem: string,
  ) {
    super(`${variable} ${problem}`);
    this.name = 'ConfigError';
  }
}

/** The environment, read and checked once at the edge (contract.md, Environment). Absent optional values are null. */
export interface ConfigValues {
  readonly production: boolean;
  readonly port: number;
  readonly smtpPort: number;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly databaseAppUrl: string | null;
  readonly databaseDirectUrl: string | null;
  readonly redisUrl: string | null;
  readonly demo: boolean;
  readonly clock: Date | null;
  readonly smtpUrl: string | null;
  /** Null: files are marked unscanned and open after a warning. */
  readonly clamdUrl: string | null;
  readonly publicUrl: string;
  readonly trustProxy: boolean;
  readonly smtpTls: { readonly certFile: string; readonly keyFile: string } | null;
  readonly secret: string | null;
  readonly oidc: OidcSettings | null;
  /** When the daily mail goes out: a time in London, such as 07:30. */
  readonly digestAt: string;
  readonly logLevel: string;
}

/** The organisation's own sign-in, such as Entra ID. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Injection token for the checked environment. */
export class Config implements ConfigValues {
  readonly production!: boolean;
  readonly port!: number;
  readonly smtpPort!: number;
  readonly dataFolder!: string;
  readonly databaseUrl!: string | null;
  readonly databaseAppUrl!: string | null;
  readonly databaseDirectUrl!: string | null;
  readonly redisUrl!: string | null;
  readonly demo!: boolean;
  readonly clock!: Date | null;
  readonly smtpUrl!: string | null;
  readonly clamdUrl!: string | null;
  readonly publicUrl!: string;
  readonly trustProxy!: boolean;
  readonly smtpTls!: { readonly certFile: string; readonly keyFile: string } | null;
  readonly secret!: string | null;
  readonly oidc!: OidcSettings | null;
  readonly digestAt!: string;
  readonly logLevel!: string;

  constructor(values: ConfigValues) {
    Object.assign(this, values);
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const POSTGRES = ['postgres:', 'postgresql:'];

function port(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) throw new ConfigError(name, 'must be a port number from 0 to 65535');
  return value;
}

function url(env: NodeJS.ProcessEnv, name: string, protocols: readonly string[]): string | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new ConfigError(name, `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  }
  return text;
}

function flag(env: NodeJS.ProcessEnv, name: string, fallback: boolean): boolean {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (text !== '0' && text !== '1') throw new ConfigError(name, 'must be 0 or 1');
  return text === '1';
}

function instant(env: NodeJS.ProcessEnv, name: string): Date | null {
  const text = env[name];
  if (text === undefined || text === '') return null;
  const value = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(value.getTime())) {
    throw new ConfigError(name, 'must be an ISO instant such as 2026-04-02T09:00:00Z');
  }
  return value;
}

/** All three or none. Without TLS only on this machine, for a trial. */
function oidc(env: NodeJS.ProcessEnv, production: boolean): OidcSettings | null {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return null;
  const [first] = missing;
  if (first) throw new ConfigError(first, `is missing beside ${names.filter((name) => env[name]).join(' and ')}`);
  const issuer = url(env, 'OIDC_ISSUER', ['https:', 'http:']) ?? '';
  const { protocol, hostname } = new URL(issuer);
  if (protocol === 'http:' && (production || !['localhost', '127.0.0.1', '[::1]'].includes(hostname))) {
    throw new ConfigError('OIDC_ISSUER', 'must be a URL that begins with https://');
  }
  return { issuer, clientId: env.OIDC_CLIENT_ID ?? '', clientSecret: env.OIDC_CLIENT_SECRET ?? '' };
}

/** `tcp://host:port` or `unix:///path`, and nothing else: what else stood there would be ignored silently. */
function clamd(env: NodeJS.ProcessEnv): string | null {
  const text = env.CLAMD_URL;
  if (text === undefined || text === '') return null;
  const parsed = URL.canParse(text) ? new URL(text) : null;
  const isTcp = /^tcp:\/\/[^/?#@]+:\d+\/?$/.test(text) && parsed !== null && Number(parsed.port) > 0;
  const isUnix = /^unix:\/\/\/[^?#]+$/.test(text) && parsed !== null;
  if (!isTcp && !isUnix) throw new ConfigError('CLAMD_URL', 'must be tcp://HOST:PORT or unix:///PATH');
  return text;
}

/** Files that hold a certificate and its key: found out now rather than at the first mail. */
function certificate(env: NodeJS.ProcessEnv): ConfigValues['smtpTls'] {
  const certFile = env.SMTP_TLS_CERT || null;
  const keyFile = env.SMTP_TLS_KEY || null;
  if (!certFile && !keyFile) return null;
  if (!keyFile) throw new ConfigError('SMTP_TLS_KEY', 'is missing beside SMTP_TLS_CERT');
  if (!certFile) throw new ConfigError('SMTP_TLS_CERT', 'is missing beside SMTP_TLS_KEY');
  const cert = contentsOf('SMTP_TLS_CERT', certFile);
  const key = contentsOf('SMTP_TLS_KEY', keyFile);
  try {
    createSecureContext({ cert, key });
  } catch {
    throw new ConfigError('SMTP_TLS_CERT', 'and SMTP_TLS_KEY do not hold a certificate and its key');
  }
  return { certFile, keyFile };
}

function contentsOf(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new ConfigError(name, `names a file that cannot be read: ${file}`);
  }
}

/** @throws ConfigError naming the first variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const production = env.NODE_ENV === 'production';
  const httpPort = port(env, 'PORT', 3000);
  const secret = env.POSTBAG_SECRET === undefined || env.POSTBAG_SECRET === '' ? null : env.POSTBAG_SECRET;
  if (secret !== null && Buffer.byteLength(secret) < 32) {
    throw new ConfigError('POSTBAG_SECRET', 'must be at least 32 bytes long');
  }
  if (production && secret === null) throw new ConfigError('POSTBAG_SECRET', 'is required in production');
  const clock = instant(env, 'POSTBAG_CLOCK');
  if (production && clock !== null) throw new ConfigError('POSTBAG_CLOCK', 'is refused in production');
  const demo = flag(env, 'POSTBAG_DEMO', !production);
  if (env.S3_URL) throw new ConfigError('S3_URL', 'is not supported yet: files are kept in POSTBAG_DATA. Remove it');
  if (production && demo) throw new ConfigError('POSTBAG_DEMO', 'must be 0 in production');
  // A demonstration shows its own lines; a service keeps a log of requests.
  const logLevel = env.LOG_LEVEL || (production ? 'info' : 'warn');
  if (!LOG_LEVELS.includes(logLevel)) throw new ConfigError('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`);
  const digestAt = env.DIGEST_AT || '07:30';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(digestAt)) throw new ConfigError('DIGEST_AT', 'must be a time such as 07:30');
  return new Config({
    digestAt,
    production,
    port: httpPort,
    smtpPort: port(env, 'SMTP_PORT', 2525),
    dataFolder: resolve(env.POSTBAG_DATA || '.data'),
    databaseUrl: url(env, 'DATABASE_URL', POSTGRES),
    databaseAppUrl: url(env, 'DATABASE_APP_URL', POSTGRES),
    databaseDirectUrl: url(env, 'DATABASE_DIRECT_URL', POSTGRES),
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    demo,
    clock,
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    clamdUrl: clamd(env),
    publicUrl: url(env, 'PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${String(httpPort)}`,
    trustProxy: flag(env, 'TRUST_PROXY', false),
    smtpTls: certificate(env),
    secret,
    oidc: oidc(env, production),
    logLevel,
  });
}
