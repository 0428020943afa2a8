import * as fc from 'fast-check';
import {
  bareMessageId,
  isOwnMessageId,
  mailMessageId,
  ownMessageIdsIn,
  parseOwnMessageId,
  type MailMessageIdParts,
} from './mail-message-id';
import { OUTGOING_KINDS } from './outgoing-status';

const ID = '6f1d1c1e-5b0a-4d55-9c52-0a6f6a1d2e3f';

function parts(over: Partial<MailMessageIdParts> = {}): MailMessageIdParts {
  return {
    kind: 'acknowledgement',
    caseReference: 'WM-2026-000123-K',
    ordinal: 1,
    from: 'opcc@west-mercia.example',
    outgoingMessageId: ID,
    ...over,
  };
}

const anyParts = fc.record({
  kind: fc.constantFrom(...OUTGOING_KINDS),
  caseReference: fc.stringMatching(/^[A-HJKMNPRSTV-Z]{2}-20\d\d-\d{6,9}-[0-9A-HJKMNPRSTV-Z]$/),
  ordinal: fc.integer({ min: 1, max: 1_000_000 }),
  from: fc.constantFrom('opcc@west-mercia.example', 'Reviews@STAFFORDSHIRE.example', 'post@büro.example'),
  outgoingMessageId: fc.uuid(),
});

// RFC 5322, 3.6.4: id-left is a dot-atom; id-right here a host name.
const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const RFC_5322 = new RegExp(`^${ATEXT}(?:\\.${ATEXT})*@[a-z0-9-]+(?:\\.[a-z0-9-]+)+$`);

describe('mailMessageId', () => {
  it('names kind, case and number, and the host that the message comes from', () => {
    expect(mailMessageId(parts())).toMatch(/^acknowledgement\.wm-2026-000123-k\.1\.[0-9a-f]{20}@west-mercia\.example$/);
  });

  it('is a valid Message-ID that is the same for the same message', () => {
    fc.assert(
      fc.property(anyParts, (each) => {
        const id = mailMessageId(each);
        expect(id).toMatch(RFC_5322);
        expect(id.length).toBeLessThan(250);
        expect(mailMessageId({ ...each })).toBe(id);
      }),
    );
  });

  it('is another for another message, even with the same number', () => {
    fc.assert(
      fc.property(anyParts, fc.uuid(), (each, other) => {
        fc.pre(other !== each.outgoingMessageId);
        expect(mailMessageId({ ...each, outgoingMessageId: other })).not.toBe(mailMessageId(each));
      }),
    );
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(anyParts, (each) => {
        const { kind, caseReference, ordinal } = each;
        expect(parseOwnMessageId(`<${mailMessageId(each)}>`)).toEqual({ kind, caseReference, ordinal });
      }),
    );
  });

  it.each([
    ['a from address without a domain', { from: 'opcc' }],
    ['a reference with a line break', { caseReference: 'WM-2026\r\nBcc: x' }],
    ['a number below 1', { ordinal: 0 }],
  ])('refuses %s', (_what, over) => {
    expect(() => mailMessageId(parts(over))).toThrow();
  });
});

describe('own Message-IDs', () => {
  const [first, second] = [mailMessageId(parts()), mailMessageId(parts({ kind: 'reply', ordinal: 2 }))];

  it('are told from those of other people', () => {
    expect(isOwnMessageId(first)).toBe(true);
    expect(isOwnMessageId(`<${first}>`)).toBe(true);
    for (const other of [
      '',
      '<>',
      'abc@mail.example',
      `x.${first}`,
      first.replace('.1.', '.0.'),
      `${first} `.repeat(2),
    ]) {
      expect(isOwnMessageId(other)).toBe(false);
    }
  });

  it('never mistakes an arbitrary text', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(isOwnMessageId(text)).toBe(false)));
  });

  it('are found among the references of a reply, the nearest first and each once', () => {
    const references = [`<${first}>`, '<someone@else.example>', `<${second}>`, first];
    expect(ownMessageIdsIn(references)).toEqual([second, first]);
    expect(bareMessageId(` <${first}> `)).toBe(first);
  });
});
