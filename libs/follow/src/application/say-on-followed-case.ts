import { Command, CommandBus, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs';
import { ChangeCorrespondent, GetCorrespondent, RecordDissatisfaction, RecordWithdrawal } from '@app/casework';
import { SenderMessages, type GivenAttachment } from '@app/intake';
import { requestHash, UnitOfWork } from '@app/platform';
import { asSender, type FollowSession } from './follow-sessions';
import { FollowedCases } from './followed-cases';

export type FollowSaying = 'message' | 'not-answered' | 'withdraw' | 'format';

export interface Saying {
  readonly kind: FollowSaying;
  readonly subject: string;
  readonly text: string;
  readonly files: readonly GivenAttachment[];
  /** How the sender would like to be answered, as staff read it; for `format`. */
  readonly adjustments: string | null;
  /** Of the form: the same one sent twice is one message. */
  readonly once: string;
}

/** The sender says something on the case they follow. False when it may not be followed any more. */
export class SayOnFollowedCase extends Command<boolean> {
  constructor(
    readonly session: FollowSession,
    readonly saying: Saying,
  ) {
    super();
  }
}

/** Whatever is said becomes a message on the case, through the ledger; what it means for the case is a command of its own. */
@CommandHandler(SayOnFollowedCase)
export class SayOnFollowedCaseHandler implements ICommandHandler<SayOnFollowedCase> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: FollowedCases,
    private readonly messages: SenderMessages,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  execute({ session, saying }: SayOnFollowedCase): Promise<boolean> {
    return asSender(session, () => this.unitOfWork.run(() => this.say(session, saying)));
  }

  private async say({ caseId, correspondentId }: FollowSession, saying: Saying): Promise<boolean> {
    const found = await this.cases.byId(caseId, correspondentId);
    if (!found) return false;
    const { kind, subject, text, files, adjustments, once } = saying;
    const target = { reference: found.reference, ifVersion: null };
    const { name } = await this.queries.execute(new GetCorrespondent(correspondentId));
    const isNew = await this.messages.add(
      {
        office: found.office,
        caseId: found.id,
        subject,
        body: text,
        attachments: files,
        idempotency: {
          scope: `follow ${found.id}`,
          key: once,
          requestHash: requestHash({ kind, text, files: files.map(({ filename }) => filename) }),
        },
      },
      { name, email: found.email },
      // Before the message reopens the case as any new message does: the reason is this one.
      async () => kind === 'not-answered' && this.commands.execute(new RecordDissatisfaction(target)),
    );
    if (!isNew) return true;
    if (kind === 'withdraw') await this.commands.execute(new RecordWithdrawal(target));
    if (kind === 'format' && adjustments !== null) await this.addAdjustments(correspondentId, adjustments);
    return true;
  }

  private async addAdjustments(correspondentId: string, wanted: string): Promise<void> {
    const {
      id,
      version,
      office: _office,
      since: _since,
      cases: _cases,
      ...record
    } = await this.queries.execute(new GetCorrespondent(correspondentId));
    const known = record.adjustments ?? '';
    if (known.includes(wanted)) return;
    const adjustments = [known, wanted]
      .filter((part) => part !== '')
      .join('\n')
      .slice(-2000);
    await this.commands.execute(new ChangeCorrespondent(id, version, { ...record, adjustments }));
  }
}
