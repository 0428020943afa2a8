import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance } from 'fastify';

type HeaderSet = Readonly<Record<string, string>>;

/** Pages are rendered here with their own scripts and styles only. Nothing inline, nothing from elsewhere. */
const PAGE_POLICY = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'connect-src': ["'self'"],
  'font-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  // A letter's HTML is shown in a sandboxed frame of ours.
  'frame-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'manifest-src': ["'self'"],
  'object-src': ["'none'"],
  'script-src': ["'self'"],
  'script-src-attr': ["'none'"],
  'style-src': ["'self'"],
};
const DATA_POLICY = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };
/** What means something to a reader of data; the rest of helmet's headers is about pages. */
const OF_DATA = ['content-security-policy', 'strict-transport-security', 'x-content-type-options'];

/** Sets the security headers of every answer. `secure`: the public address is https, so browsers may insist on it. */
export async function sendSecurityHeaders(server: FastifyInstance, secure: boolean): Promise<void> {
  const pages = await headersOfHelmet(PAGE_POLICY, secure);
  const all = await headersOfHelmet(DATA_POLICY, secure);
  const data: HeaderSet = {
    ...Object.fromEntries(Object.entries(all).filter(([name]) => OF_DATA.includes(name))),
    'cache-control': 'no-store',
  };
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(request.url.startsWith('/api/') ? data : pages);
    done();
  });
}

/** Asked of helmet once: its plugin builds the same headers anew for every request. */
async function headersOfHelmet(policy: Record<string, string[]>, secure: boolean): Promise<HeaderSet> {
  const probe = fastify();
  await probe.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...policy, ...(secure ? { 'upgrade-insecure-requests': [] } : {}) },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginEmbedderPolicy: false,
  });
  probe.get('/', (_request, reply) => reply.code(204).send());
  const { headers } = await probe.inject('/');
  await probe.close();
  const own = Object.entries(headers).filter(([name]) => !['connection', 'content-length', 'date'].includes(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
