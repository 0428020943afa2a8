import { MailTransport, type Delivery } from '../application/mail-transport';

/** Without SMTP_URL nothing leaves the machine: the stored message is the outbox, and the interface shows it. */
export class LocalOutboxTransport extends MailTransport {
  readonly name = 'local-outbox';
  readonly leavesTheMachine = false;

  send(): Promise<Delivery> {
    return Promise.resolve({ outcome: 'accepted' });
  }
}
