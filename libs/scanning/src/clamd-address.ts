import type { NetConnectOpts } from 'node:net';

/** How to reach clamd by a CLAMD_URL that was checked at the start. */
export function clamdAddress(url: string): NetConnectOpts {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol === 'unix:') return { path: decodeURIComponent(pathname) };
  // An IPv6 address stands in brackets in a URL only.
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) };
}
