// A real OpenID provider on loopback, as a process of its own (its modules cannot be loaded by the test runner). Prints its
// issuer as one line of JSON. POST /_control changes what it does next: {account, claims, forge, rotate, away}.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, decodeJwt } from 'jose';
import { Provider } from 'oidc-provider';

const [redirectUri, afterSignOut] = process.argv.slice(2);
const state = { account: 'subject-1', claims: {}, forge: null, keys: 0 };
let provider;
let signing;

async function key() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  state.keys += 1;
  return { privateKey, jwk: { ...(await exportJWK(privateKey)), kid: `key-${state.keys}`, use: 'sig', alg: 'RS256' } };
}

async function renew(issuer) {
  signing = await key();
  const made = new Provider(issuer, {
    jwks: { keys: [signing.jwk] },
    clients: [
      {
        client_id: 'postbag',
        client_secret: 'a secret of the client',
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [afterSignOut],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...state.claims }) }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of the fixture'] },
    ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Grant: 300, Interaction: 300, Session: 300 },
  });
  made.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/token' && state.forge && ctx.body?.id_token) ctx.body.id_token = await forged(ctx.body.id_token);
  });
  provider = made;
}

/** Signs a changed ID token, with the key that is published or with another one under the same name. */
async function forged(idToken) {
  const { claims = {}, withOtherKey = false } = state.forge;
  const { privateKey } = withOtherKey ? await key() : signing;
  return new SignJWT({ ...decodeJwt(idToken), ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: signing.jwk.kid, typ: 'JWT' })
    .sign(privateKey);
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  try {
    if (request.url === '/_control') {
      const { rotate, ...changes } = JSON.parse(await bodyOf(request));
      Object.assign(state, changes);
      if (rotate) await renew(issuer);
      return response.end('{}');
    }
    if (state.away) return request.socket.destroy();
    if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
    if (request.method === 'POST') {
      return await provider.interactionFinished(request, response, { login: { accountId: state.account } });
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(
      '<!doctype html><html lang="en"><title>Organisation</title><h1>Your organisation</h1><form method="post"><button autofocus>Go on</button></form></html>',
    );
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});

server.listen(0, '127.0.0.1', async () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  await renew(issuer);
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});
