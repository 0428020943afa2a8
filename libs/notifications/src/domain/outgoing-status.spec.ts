import { nextDeliveryStep } from './next-delivery-step';
import { mayBecome, OUTGOING_STATUSES, statusesBefore } from './outgoing-status';

describe('the status of an outgoing message', () => {
  it('never returns from sent, bounced or cancelled to being sent', () => {
    for (const status of ['sent', 'bounced', 'cancelled'] as const) {
      for (const to of ['queued', 'sending'] as const) expect(mayBecome(status, to)).toBe(false);
    }
  });

  it('can be cancelled only while it waits', () => {
    expect(statusesBefore('cancelled')).toEqual(['queued']);
  });

  it('goes from uncertain to being sent only by way of a person, who queues it again', () => {
    expect(statusesBefore('sending')).toEqual(['queued', 'failed']);
  });
});

describe('nextDeliveryStep', () => {
  const found = { isAcceptedByServer: false, isLeaseLive: false };

  it('sends only what waits, and what was refused when a person retries it', () => {
    for (const status of OUTGOING_STATUSES) {
      for (const attempt of [1, 2, 50]) {
        const maySend = status === 'queued' || (status === 'failed' && attempt === 1);
        expect(nextDeliveryStep({ ...found, status }, attempt) === 'send').toBe(maySend);
      }
    }
  });

  it('never sends what is or was being sent, however often it is tried', () => {
    const sending = { ...found, status: 'sending' } as const;
    expect(nextDeliveryStep({ ...sending, isLeaseLive: true }, 2)).toBe('wait');
    expect(nextDeliveryStep(sending, 2)).toBe('declare-uncertain');
    expect(nextDeliveryStep({ ...sending, isAcceptedByServer: true }, 2)).toBe('record-sent');
    expect(nextDeliveryStep({ ...found, status: 'uncertain' }, 1)).toBe('ask-a-person');
  });
});
