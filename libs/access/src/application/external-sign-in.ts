import { Injectable } from '@nestjs/common';
import { Config, type OidcSettings } from '@app/platform';
import * as oidc from 'openid-client';
import { ExternalIdentities } from './external-identities';
import { ExternalSignInRefused, ProviderAway } from './external-sign-in.errors';
import { Seal } from './seal';

/** Where the browser goes, and what it carries until it comes back. */
export interface ExternalStart {
  readonly address: string;
  readonly ticket: string;
}

/** Who came back, and what the provider wants to see again at sign-out. */
export interface ExternalReturn {
  readonly personId: string;
  readonly idToken: string;
  readonly next: string;
}

const TICKET = 'external sign-in';
const TICKET_MS = 10 * 60_000;
const TIMEOUT_SECONDS = 10;
/** A provider's addresses change rarely; its keys are asked for at each sign-in. */
const DISCOVERY_MS = 60 * 60_000;

/**
 * Signing in through the organisation (OpenID Connect): code flow with PKCE, state and nonce, and the signature of the
 * ID token checked against the keys that the provider publishes at that moment.
 */
@Injectable()
export class ExternalSignIn {
  #discovered: { readonly at: number; readonly server: oidc.ServerMetadata } | null = null;

  constructor(
    private readonly config: Config,
    private readonly seal: Seal,
    private readonly identities: ExternalIdentities,
  ) {}

  get isOffered(): boolean {
    return this.config.oidc !== null;
  }

  /** @throws ProviderAway */
  async start(next: string): Promise<ExternalStart> {
    const provider = await this.provider();
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const address = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: this.callback,
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const sealed = await this.seal.seal(TICKET, JSON.stringify([verifier, state, nonce, next, Date.now()]));
    return { address: address.href, ticket: sealed.toString('base64url') };
  }

  /** Who comes back with `query` to the browser that holds `ticket`. @throws ExternalSignInRefused, ProviderAway */
  async finish(query: string, ticket: string): Promise<ExternalReturn> {
    const text = await this.seal.open(TICKET, Buffer.from(ticket, 'base64url'));
    if (text === null) throw new ExternalSignInRefused('no-ticket');
    const [verifier, state, nonce, next, at] = JSON.parse(text) as [string, string, string, string, number];
    if (Date.now() - at > TICKET_MS) throw new ExternalSignInRefused('no-ticket');
    const provider = await this.provider();
    const tokens = await answering(() =>
      oidc.authorizationCodeGrant(provider, new URL(`${this.callback}?${query}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
    );
    const claims = tokens.claims();
    if (!claims || tokens.id_token === undefined) throw new ExternalSignInRefused('token');
    const known = await this.identities.personOf(claims.iss, claims.sub);
    const personId = known ?? (await this.link(provider, claims, tokens.access_token));
    return { personId, idToken: tokens.id_token, next };
  }

  /** Where the provider ends its own session; null where it has no such place or does not answer. */
  async endSessionAddress(idToken: string): Promise<string | null> {
    try {
      const provider = await this.provider();
      if (provider.serverMetadata().end_session_endpoint === undefined) return null;
      return oidc.buildEndSessionUrl(provider, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${this.config.publicUrl.replace(/\/$/, '')}/sign-in?said=out`,
      }).href;
    } catch {
      return null;
    }
  }

  /** The first time: the address names somebody who was added here. Afterwards the subject alone counts. */
  private async link(provider: oidc.Configuration, claims: oidc.IDToken, accessToken: string): Promise<string> {
    const all: Record<string, unknown> = {
      ...(hasEmail(claims) || provider.serverMetadata().userinfo_endpoint === undefined
        ? {}
        : await answering(() => oidc.fetchUserInfo(provider, accessToken, claims.sub))),
      ...claims,
    };
    // Entra ID leaves `email_verified` out: its addresses are the tenant's own. Who says false is not believed.
    if (all.email_verified === false) throw new ExternalSignInRefused('email-not-verified');
    const email = all.email ?? all.preferred_username;
    if (typeof email !== 'string' || !email.includes('@')) throw new ExternalSignInRefused('no-email');
    return this.identities.link(claims.iss, claims.sub, email);
  }

  private get callback(): string {
    return `${this.config.publicUrl.replace(/\/$/, '')}/sign-in/oidc/callback`;
  }

  private async provider(): Promise<oidc.Configuration> {
    const settings = this.config.oidc;
    if (!settings) throw new ExternalSignInRefused('not-offered');
    if (!this.#discovered || Date.now() - this.#discovered.at > DISCOVERY_MS) {
      const found = await answering(() => discover(settings));
      this.#discovered = { at: Date.now(), server: found.serverMetadata() };
    }
    // A new one for each sign-in: no key that the provider has given up is believed, and a new one is known at once.
    return prepared(
      new oidc.Configuration(this.#discovered.server, settings.clientId, settings.clientSecret),
      settings,
    );
  }
}

function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> {
  const isPlain = issuer.startsWith('http:');
  return oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    // Configuration allows plain HTTP on this machine only.
    execute: isPlain ? [oidc.allowInsecureRequests] : [],
  });
}

function prepared(provider: oidc.Configuration, { issuer }: OidcSettings): oidc.Configuration {
  provider.timeout = TIMEOUT_SECONDS;
  if (issuer.startsWith('http:')) oidc.allowInsecureRequests(provider);
  oidc.enableNonRepudiationChecks(provider);
  return provider;
}

function hasEmail(claims: oidc.IDToken): boolean {
  return typeof claims.email === 'string' || typeof claims.preferred_username === 'string';
}

/** What the provider refused, and what was wrong with its answer, apart from its not answering at all. */
async function answering<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isAway(error)) throw new ProviderAway({ cause: error });
    throw new ExternalSignInRefused(reasonOf(error), { cause: error });
  }
}

/** `fetch` hides what happened in causes; so does the client around it. */
function isAway(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, name, message, cause } = error as Partial<Record<'code' | 'name' | 'message' | 'cause', unknown>>;
  const isSilence =
    typeof code === 'string' && /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOSTUNREACH|UND_ERR|OAUTH_TIMEOUT)/.test(code);
  return isSilence || name === 'TimeoutError' || message === 'fetch failed' || isAway(cause, depth + 1);
}

/** A short code for the log; never the words of the provider, which may hold names. */
function reasonOf(error: unknown): string {
  const { code, error: refusal } = (error ?? {}) as { code?: unknown; error?: unknown };
  if (refusal === 'access_denied') return 'denied-by-provider';
  return typeof code === 'string' && /^[A-Z_]{3,60}$/.test(code) ? code.toLowerCase().replaceAll('_', '-') : 'token';
}
