import type { Reconciliation } from './reconciliation';
import { renderCertificate } from './render-certificate';

function aCertificate(changes: Partial<Reconciliation> = {}): Reconciliation {
  return {
    from: '2026-03-01',
    to: '2026-03-31',
    offices: ['west-mercia'],
    checkedAt: '2026-04-01T08:00:00.000Z',
    ok: true,
    received: 12,
    redelivered: 3,
    pending: 0,
    byOutcome: { 'filed-on-case': 2, 'case-opened': 10 },
    unaccounted: [],
    ownerless: [],
    clockless: [],
    gaps: [],
    duplicates: [],
    counts: { unaccounted: 0, ownerless: 0, clockless: 0, gaps: 0, duplicates: 0, unsent: 0 },
    byDay: [
      {
        day: '2026-03-02',
        mailbox: 'opcc@west-mercia.example',
        received: 12,
        redelivered: 3,
        byOutcome: { 'filed-on-case': 2, 'case-opened': 10 },
        pending: 0,
        unaccounted: 0,
      },
    ],
    needsAttention: 0,
    unsent: [],
    seal: { day: '2026-04-01', position: 40, streams: 10, events: 40, root: 'ab'.repeat(32) },
    ...changes,
  };
}

function aFaultyCertificate(faults: number): Reconciliation {
  const some = <T>(make: (n: number) => T): T[] => Array.from({ length: faults }, (_, n) => make(n));
  const overlooked = some((n) => ({
    id: `id-${String(n)}`,
    reference: `WM-26-${String(n)}`,
    office: 'west-mercia',
    status: 'triaged',
    receivedOn: '2026-03-02',
  }));
  const numbers = { unaccounted: faults, ownerless: faults, clockless: faults, gaps: faults, duplicates: faults };
  return aCertificate({
    ok: false,
    counts: { ...numbers, unsent: 0 },
    ownerless: overlooked,
    clockless: overlooked,
    unaccounted: some((n) => ({
      kind: 'item',
      id: `item-${String(n)}`,
      office: 'west-mercia',
      reference: null,
      mailbox: 'opcc@west-mercia.example',
      receivedAt: '2026-03-02T09:00:00.000Z',
      why: 'Received more than five minutes ago and not filed',
    })),
    gaps: some((n) => ({ office: 'west-mercia', year: 2026, number: n, why: 'No case has this number' })),
    duplicates: some(() => ({ kind: 'mail', office: 'west-mercia', ids: [], why: 'The same mail '.repeat(9) })),
    byDay: some((n) => ({
      day: `2026-03-${String(n + 1).padStart(2, '0')}`,
      mailbox: 'a-very-long-mailbox-name-of-an-office@west-mercia.example',
      received: 1,
      redelivered: 0,
      byOutcome: {},
      pending: 0,
      unaccounted: 1,
    })),
  });
}

describe('the certificate on the console', () => {
  it('says first that all is well, and accounts for every item', () => {
    expect(renderCertificate(aCertificate())).toBe(
      `OK: all 12 items received are accounted for

Reconciliation of 2026-03-01 to 2026-03-31, west-mercia
Checked at 2026-04-01T08:00:00.000Z

Received (distinct items)                  12
  case-opened                              10
  filed-on-case                             2
  being filed, under five minutes           0
Received again (same bytes)                 3
Unaccounted for                             0
Open without owner or queue                 0
Open without a clock                        0
Wrong in the numbering                      0
There more than once                        0
Needs attention                             0
Outgoing, not sent or uncertain             0
Log sealed: 2026-04-01, 40 events, root abababababababab

Day        Mailbox                       received    again    filed     open
2026-03-02 opcc@west-mercia.example            12        3       12        0`,
    );
  });

  it('says first what is wrong, naming each', () => {
    const lines = renderCertificate(aFaultyCertificate(1)).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      'NOT OK: 1 unaccounted for',
      '        1 open without owner or queue',
      '        1 open without a clock',
      '        1 wrong in the numbering',
      '        1 there more than once',
    ]);
    expect(lines.slice(6, 11)).toEqual([
      'Unaccounted for:',
      '  item-0  Received more than five minutes ago and not filed',
      '',
      'Open without owner or queue:',
      '  WM-26-0  triaged, received 2026-03-02',
    ]);
  });

  it('says how many faults it does not show', () => {
    const { ownerless, counts } = aFaultyCertificate(25);
    const onlyOne = aCertificate({
      ok: false,
      ownerless,
      counts: { ...counts, unaccounted: 0, clockless: 0, gaps: 0, duplicates: 0 },
    });
    expect(renderCertificate(onlyOne)).toContain('  and 15 more\n');
  });

  it('fits a screen whatever is wrong', () => {
    const lines = renderCertificate(aFaultyCertificate(20)).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80);
  });

  it('names the items that are being filed, all offices and a log without a seal', () => {
    const text = renderCertificate(aCertificate({ pending: 2, offices: null, seal: null, byDay: [] }));
    expect(text).toMatch(/^OK: all 12 items received are accounted for, 2 being filed\n/);
    expect(text).toContain('all offices');
    expect(text).toContain('Log sealed: not yet');
  });
});
