import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CaseSettings } from '@app/casework';
import { ContactDrafts } from '@app/intake';
import { Clock, londonDate } from '@app/kernel';
import { renderTemplate, StaffMail } from '@app/notifications';
import { Config, runAs, UnitOfWork, type Caller } from '@app/platform';

/** How long an application that was saved is kept: half of the 28 days. */
const SAVED_MS = 14 * 24 * 60 * 60_000;

/** Sends an applicant a link that leads once to the application they are writing. */
@Injectable()
export class SendDraftLink {
  constructor(
    private readonly drafts: ContactDrafts,
    private readonly settings: CaseSettings,
    private readonly mail: StaffMail,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** `path` is where a link leads, with its secret after it. False when what was written is gone. */
  async send(token: string, officeId: string, to: string, path: string): Promise<boolean> {
    return runAs(sender(officeId), () =>
      this.unitOfWork.run(async () => {
        const secret = await this.drafts.link(token, SAVED_MS);
        if (secret === null) return false;
        const office = await this.settings.office(officeId);
        const template = await this.settings.template('draft-link', officeId);
        const letter = renderTemplate(template.data, {
          link: `${this.config.publicUrl.replace(/\/$/, '')}${path}/${secret}`,
          officeName: office.name,
          officeTelephone: office.telephone,
        });
        return this.mail.queue({
          key: randomUUID(),
          kind: 'draft-link',
          office: officeId,
          day: londonDate(this.clock.now()),
          from: office.mailboxes[0] ?? '',
          fromName: office.name,
          to,
          ...letter,
        });
      }),
    );
  }
}

/** The public belongs to no office; the mail goes out in the name of one. */
function sender(office: string): Caller {
  return {
    actor: { kind: 'system', id: 'review-form' },
    role: 'intake',
    offices: [office],
    system: false,
    correlationId: randomUUID(),
    causationId: null,
  };
}
