import { toView, type OutgoingViewRow } from './outgoing-view';

const row = (changes: Partial<OutgoingViewRow>): OutgoingViewRow =>
  ({
    kind: 'draft-link',
    transport: 'smtp',
    body: 'Open this link:\n\nhttps://contact.example/apply-for-a-review/go-on/secret\n\nIt works once.',
    queued_at: new Date(),
    not_before: null,
    sent_at: null,
    bounced_at: null,
    ...changes,
  }) as OutgoingViewRow;

describe('an outgoing message as staff see it', () => {
  it('does not show the link to what an applicant has not sent yet', () => {
    for (const transport of ['smtp', null])
      expect(toView(row({ transport })).body).toBe(
        'Open this link:\n\n(a link that only the person who gets this mail may see)\n\nIt works once.',
      );
  });

  it('shows it in the local outbox, from which no mail goes out, and shows other messages as they are', () => {
    expect(toView(row({ transport: 'local-outbox' })).body).toContain('go-on/secret');
    expect(toView(row({ kind: 'reply' })).body).toContain('go-on/secret');
    expect(toView(row({ body: null })).body).toBeNull();
  });
});
