import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { Consumer, Consumes, UnitOfWork, type ConsumedMessage } from '@app/platform';
import { FORGET_DRAFT } from './contact-drafts';

/** Removes a letter that was begun on the contact form and not sent, when its time is over. */
@Consumes({ name: FORGET_DRAFT, queue: 'deadlines', timers: [FORGET_DRAFT] })
@Injectable()
export class ForgetContactDraft extends Consumer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  async handle({ stream }: ConsumedMessage): Promise<void> {
    await this.unitOfWork.manager.query(`DELETE FROM contact_draft WHERE id = decode($1, 'hex') AND expires_at <= $2`, [
      stream,
      this.clock.now(),
    ]);
  }
}
