import type { OutgoingStatus } from './outgoing-status';

export interface DeliveryState {
  readonly status: OutgoingStatus;
  /** The mail server took it, and that was recorded, though not yet that it is sent. */
  readonly isAcceptedByServer: boolean;
  /** The worker that sends it has shown life within the lease. */
  readonly isLeaseLive: boolean;
}

export type DeliveryStep = 'send' | 'record-sent' | 'wait' | 'declare-uncertain' | 'ask-a-person' | 'nothing';

/**
 * What a worker that is given a message does with it. `attempt` 1 on a failed one means that a person pressed retry:
 * it was refused, so a second try cannot arrive twice. An uncertain one is never sent by a retry alone.
 */
export function nextDeliveryStep(state: DeliveryState, attempt: number): DeliveryStep {
  switch (state.status) {
    case 'queued':
      return 'send';
    case 'failed':
      return attempt === 1 ? 'send' : 'ask-a-person';
    case 'sending':
      if (state.isAcceptedByServer) return 'record-sent';
      return state.isLeaseLive ? 'wait' : 'declare-uncertain';
    case 'uncertain':
      return 'ask-a-person';
    case 'sent':
    case 'bounced':
    case 'cancelled':
      return 'nothing';
  }
}
