import { Module, type DynamicModule } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { AutomaticAnswers } from './application/automatic-answers';
import { CancelOutgoing, CancelOutgoingHandler } from './application/cancel-outgoing';
import { DeliverMessage } from './application/deliver-message';
import { ForwardedItem } from './application/forwarded-item';
import { GetOutgoing, GetOutgoingHandler } from './application/get-outgoing';
import { ListOutgoing, ListOutgoingHandler } from './application/list-outgoing';
import { MailTransport } from './application/mail-transport';
import { MarkOutgoingSent, MarkOutgoingSentHandler } from './application/mark-outgoing-sent';
import { OpenAttention } from './application/open-attention';
import { Outgoing } from './application/outgoing';
import { OutgoingChanges } from './application/outgoing-changes';
import { OutgoingMails } from './application/outgoing-mails';
import { OutgoingBounces } from './application/record-bounce';
import { ResendOutgoing, ResendOutgoingHandler } from './application/resend-outgoing';
import { StaffMail } from './application/staff-mail';
import { SendingLease } from './application/sending-lease';
import { NOTIFICATION_EVENT_VERSIONS } from './domain/notification.events';
import { LocalOutboxTransport } from './infrastructure/local-outbox-transport';
import { SmtpTransport } from './infrastructure/smtp-transport';

/** What this context brings to the platform. */
export const notificationsContext: ContextDeclaration = {
  events: Object.fromEntries(
    Object.entries(NOTIFICATION_EVENT_VERSIONS).map(([type, schemaVersion]) => [type, { schemaVersion }]),
  ),
  messages: [ResendOutgoing, MarkOutgoingSent, CancelOutgoing, ListOutgoing, GetOutgoing],
  entities: [],
};

export interface NotificationsOptions {
  /** Null: mail stays in the local outbox. */
  readonly smtpUrl: string | null;
}

const faces = [Outgoing, StaffMail, OutgoingBounces, AutomaticAnswers];

@Module({})
export class NotificationsModule {
  static register({ smtpUrl }: NotificationsOptions): DynamicModule {
    return {
      module: NotificationsModule,
      global: true,
      providers: [
        {
          provide: MailTransport,
          useFactory: (): MailTransport => (smtpUrl === null ? new LocalOutboxTransport() : new SmtpTransport(smtpUrl)),
        },
        ...faces,
        OutgoingChanges,
        OutgoingMails,
        ForwardedItem,
        OpenAttention,
        SendingLease,
        DeliverMessage,
        ResendOutgoingHandler,
        MarkOutgoingSentHandler,
        CancelOutgoingHandler,
        ListOutgoingHandler,
        GetOutgoingHandler,
      ],
      exports: faces,
    };
  }
}
