import { lookup as resolve } from 'node:dns/promises';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { DomainError } from '@app/kernel';
import { isPublicAddress } from './public-address';

const MOST_BYTES = 2 * 1024 * 1024;
const LONGEST_MS = 15_000;

/** An address cannot be fetched from; the message says why, and nothing of what lies behind it. */
export class AddressRefused extends DomainError {
  readonly code = 'offices.address-refused';
  readonly kind = 'invalid';
  constructor(why: string) {
    super(`The address cannot be used: ${why}.`, { errors: [{ pointer: '/url', message: why }] });
  }
}

export type Resolver = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const resolveAll: Resolver = (host) => resolve(host, { all: true });

/**
 * Reads JSON from the open internet: https on its own port, no redirect, no address of a private network, limits on size
 * and time. The address is looked up once and that one is spoken to, so that it cannot change in between.
 */
export async function fetchJson(address: string, resolver: Resolver = resolveAll): Promise<unknown> {
  const url = publicUrl(address);
  const target = await publicTarget(url.hostname.replace(/^\[|\]$/g, ''), resolver);
  const text = await read(url, target);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AddressRefused(error instanceof SyntaxError ? 'what it answered is not JSON' : 'it could not be read');
  }
}

function publicUrl(address: string): URL {
  if (!URL.canParse(address))
    throw new AddressRefused('must be an address such as https://www.gov.uk/bank-holidays.json');
  const url = new URL(address);
  if (url.protocol !== 'https:') throw new AddressRefused('must begin with https://');
  if (url.port !== '') throw new AddressRefused('must not name a port');
  if (url.username !== '' || url.password !== '') throw new AddressRefused('must not hold a name or password');
  return url;
}

async function publicTarget(host: string, resolver: Resolver): Promise<{ address: string; family: number }> {
  const own = isIP(host);
  let found: readonly { readonly address: string; readonly family: number }[];
  try {
    found = own > 0 ? [{ address: host, family: own }] : await resolver(host);
  } catch {
    throw new AddressRefused('there is no such server');
  }
  const [target] = found;
  // One private address among public ones is a trap as well.
  if (!target || !found.every((each) => isPublicAddress(each.address))) {
    throw new AddressRefused('must be a server on the open internet');
  }
  return target;
}

function read(url: URL, target: { address: string; family: number }): Promise<string> {
  return new Promise((done, failed) => {
    const refuse = (why: string): void => {
      failed(new AddressRefused(why));
      call.destroy();
    };
    const call = request(
      url,
      {
        agent: false,
        headers: { accept: 'application/json', 'user-agent': 'Postbag' },
        lookup: (_host, options, answer) =>
          options.all ? answer(null, [target]) : answer(null, target.address, target.family),
      },
      (response) => {
        if (response.statusCode !== 200)
          return refuse(`it answered ${String(response.statusCode)} and not with a calendar`);
        const parts: Buffer[] = [];
        let bytes = 0;
        response.on('data', (part: Buffer) => {
          bytes += part.length;
          if (bytes > MOST_BYTES) return refuse('what it answered is too large');
          parts.push(part);
        });
        response.on('end', () => done(Buffer.concat(parts).toString('utf8')));
        response.on('error', () => refuse('it broke off'));
      },
    );
    const timer = setTimeout(() => refuse('it did not answer in time'), LONGEST_MS);
    call.on('close', () => clearTimeout(timer));
    call.on('error', () => failed(new AddressRefused('it could not be reached')));
    call.end();
  });
}
