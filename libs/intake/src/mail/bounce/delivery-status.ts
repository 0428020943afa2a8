/** What a delivery report says of one recipient (RFC 3464 section 2.3). */
export interface RecipientStatus {
  readonly recipient: string | null;
  readonly action: string;
  readonly status: string | null;
  readonly diagnostic: string;
}

const MAX_RECIPIENTS = 100;
const FIELD = /^([A-Za-z][A-Za-z-]{1,40}):[ \t]*(.*)$/;
const RECIPIENT_FIELDS = new Set(['final-recipient', 'original-recipient', 'action', 'status', 'diagnostic-code']);

/** Reads the per-recipient groups of a delivery report, or of a text that holds one. */
export function readDeliveryStatus(report: string): RecipientStatus[] {
  const groups: Map<string, string>[] = [];
  let group = new Map<string, string>();
  let last: string | null = null;
  for (const line of [...report.split(/\r?\n/), '']) {
    const [, rawName, value = ''] = FIELD.exec(line) ?? [];
    const name = rawName?.toLowerCase();
    if (name !== undefined && RECIPIENT_FIELDS.has(name)) {
      // Some reports leave out the blank line between two recipients.
      if (name === 'final-recipient' && group.has(name)) group = startGroup(groups, group);
      if (!group.has(name)) group.set(name, value.trim());
      last = name;
    } else if (last !== null && /^[ \t]+\S/.test(line)) {
      group.set(last, `${group.get(last) ?? ''} ${line.trim()}`);
    } else {
      last = null;
      if (line.trim() === '' && group.has('final-recipient')) group = startGroup(groups, group);
    }
  }
  startGroup(groups, group);
  return groups.slice(0, MAX_RECIPIENTS).map(toRecipientStatus);
}

function startGroup(groups: Map<string, string>[], group: Map<string, string>): Map<string, string> {
  if (group.has('final-recipient') || group.has('action')) groups.push(group);
  return new Map();
}

function toRecipientStatus(group: ReadonlyMap<string, string>): RecipientStatus {
  const diagnostic = group.get('diagnostic-code') ?? '';
  const named = group.get('final-recipient') ?? group.get('original-recipient') ?? '';
  const declared = /\d\.\d{1,3}\.\d{1,3}/.exec(group.get('status') ?? '')?.[0] ?? null;
  return {
    recipient: addressIn(named),
    action: (group.get('action') ?? '').toLowerCase().split(/[\s(;]/)[0] ?? '',
    status: moreExact(declared, statusIn(diagnostic)),
    diagnostic,
  };
}

/** The first enhanced status code in a text (RFC 3463). */
export function statusIn(text: string): string | null {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/.exec(text)?.[1] ?? null;
}

/** The first address in a text. */
export function addressIn(text: string): string | null {
  return addressesIn(text)[0] ?? null;
}

/** All addresses in a text, without the full stop that may end a sentence. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(/[^\s<>"';:,()]{1,64}@[^\s<>"';:,()[\]]{1,255}/g)].map(([address]) =>
    address.replace(/\.+$/, ''),
  );
}

// "5.0.0" says no more than "failed"; the server's own code is better.
function moreExact(declared: string | null, found: string | null): string | null {
  return declared === null || (/\.0\.0$/.test(declared) && found !== null) ? (found ?? declared) : declared;
}
