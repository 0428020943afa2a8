import { resolve } from 'node:path';
import { ConfigError, readConfig } from './config';

const secret = 'x'.repeat(32);
const production = { NODE_ENV: 'production', POSTBAG_SECRET: secret };

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      production: false,
      port: 3000,
      smtpPort: 2525,
      dataFolder: resolve('.data'),
      databaseUrl: null,
      redisUrl: null,
      demo: true,
      clock: null,
      publicUrl: 'http://localhost:3000',
      smtpTls: null,
      clamdUrl: null,
      secret: null,
      oidc: null,
      logLevel: 'warn',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    const names = [
      'PORT',
      'DATABASE_URL',
      'REDIS_URL',
      'POSTBAG_DEMO',
      'POSTBAG_CLOCK',
      'POSTBAG_SECRET',
      'LOG_LEVEL',
      'CLAMD_URL',
      'S3_URL',
    ];
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it('reads what is set', () => {
    const config = readConfig({
      PORT: '0',
      SMTP_PORT: '25',
      POSTBAG_DATA: '/srv/postbag',
      DATABASE_URL: 'postgres://owner@db.example/postbag',
      DATABASE_APP_URL: 'postgresql://app@pool.example/postbag',
      REDIS_URL: 'rediss://queue.example:6380',
      POSTBAG_DEMO: '0',
      POSTBAG_CLOCK: '2026-04-02T09:00:00Z',
      SMTP_URL: 'smtps://mail.example',
      PUBLIC_URL: 'https://post.example',
      TRUST_PROXY: '1',
      OIDC_ISSUER: 'https://login.example/tenant/v2.0',
      OIDC_CLIENT_ID: 'postbag',
      OIDC_CLIENT_SECRET: 'a secret',
    });
    expect(config).toMatchObject({
      port: 0,
      smtpPort: 25,
      dataFolder: '/srv/postbag',
      demo: false,
      clock: new Date('2026-04-02T09:00:00Z'),
      publicUrl: 'https://post.example',
      trustProxy: true,
      oidc: { issuer: 'https://login.example/tenant/v2.0', clientId: 'postbag', clientSecret: 'a secret' },
    });
  });

  it.each(['tcp://clamd:3310', 'tcp://[::1]:3310', 'tcp://10.0.0.7:3310/', 'unix:///run/clamav/clamd.ctl'])(
    'takes the scanner %s',
    (clamdUrl) => {
      expect(readConfig({ CLAMD_URL: clamdUrl })).toMatchObject({ clamdUrl });
    },
  );

  it.each<[string, NodeJS.ProcessEnv]>([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['PORT', { PORT: '1e3' }],
    ['PORT', { PORT: ' 80' }],
    ['SMTP_PORT', { SMTP_PORT: '2525.5' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db' }],
    ['DATABASE_URL', { DATABASE_URL: 'db.example' }],
    ['DATABASE_APP_URL', { DATABASE_APP_URL: 'x' }],
    ['DATABASE_DIRECT_URL', { DATABASE_DIRECT_URL: 'redis://x' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
    ['SMTP_URL', { SMTP_URL: 'http://mail.example' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'post.example' }],
    ['CLAMD_URL', { CLAMD_URL: 'clamd.example:3310' }],
    ['CLAMD_URL', { CLAMD_URL: 'tcp://clamd.example' }],
    ['CLAMD_URL', { CLAMD_URL: 'tcp://clamd.example:0' }],
    ['CLAMD_URL', { CLAMD_URL: 'tcp://clamd.example:70000' }],
    ['CLAMD_URL', { CLAMD_URL: 'tcp://clamd.example:3310/database' }],
    ['CLAMD_URL', { CLAMD_URL: 'http://clamd.example:3310' }],
    ['CLAMD_URL', { CLAMD_URL: 'unix://run/clamd.sock' }],
    ['CLAMD_URL', { CLAMD_URL: 'unix:///' }],
    ['S3_URL', { S3_URL: 'https://files.example/bucket' }],
    ['POSTBAG_DEMO', { POSTBAG_DEMO: 'yes' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['POSTBAG_CLOCK', { POSTBAG_CLOCK: 'yesterday' }],
    ['POSTBAG_CLOCK', { POSTBAG_CLOCK: '2026-02-30' }],
    ['POSTBAG_CLOCK', { POSTBAG_CLOCK: '2026-13-01T00:00:00Z' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['POSTBAG_SECRET', { POSTBAG_SECRET: 'short' }],
    ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'postbag' }],
    ['OIDC_ISSUER', { OIDC_CLIENT_ID: 'postbag', OIDC_CLIENT_SECRET: 'x' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'id.example', OIDC_CLIENT_ID: 'postbag', OIDC_CLIENT_SECRET: 'x' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_ID: 'postbag', OIDC_CLIENT_SECRET: 'x' }],
    ['SMTP_TLS_KEY', { SMTP_TLS_CERT: '/c.pem' }],
    ['SMTP_TLS_CERT', { SMTP_TLS_KEY: '/k.pem' }],
    ['SMTP_TLS_CERT', { SMTP_TLS_CERT: '/nowhere/c.pem', SMTP_TLS_KEY: __filename }],
    ['SMTP_TLS_KEY', { SMTP_TLS_CERT: __filename, SMTP_TLS_KEY: '/nowhere/k.pem' }],
    ['SMTP_TLS_CERT', { SMTP_TLS_CERT: __filename, SMTP_TLS_KEY: __filename }],
  ])('refuses a bad %s in one line that names it: %j', (variable, env) => {
    let refusal: unknown;
    try {
      readConfig(env);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigError);
    const { variable: named, message } = refusal as ConfigError;
    expect(named).toBe(variable);
    expect(message.startsWith(`${variable} `)).toBe(true);
    expect(message).not.toContain('\n');
  });

  it('never repeats a secret or a password in its refusal', () => {
    expect(() => readConfig({ POSTBAG_SECRET: 'hunter2' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
    expect(() => readConfig({ DATABASE_URL: 'mysql://u:hunter2@db' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  describe('in production', () => {
    it('starts without demonstration', () => {
      expect(readConfig(production)).toMatchObject({ production: true, demo: false, secret });
    });

    it.each<[string, NodeJS.ProcessEnv]>([
      ['POSTBAG_SECRET', { NODE_ENV: 'production' }],
      ['POSTBAG_DEMO', { ...production, POSTBAG_DEMO: '1' }],
      ['POSTBAG_CLOCK', { ...production, POSTBAG_CLOCK: '2026-04-02T09:00:00Z' }],
    ])('refuses %s', (variable, env) => {
      expect(() => readConfig(env)).toThrow(expect.objectContaining({ variable }));
    });
  });
});
