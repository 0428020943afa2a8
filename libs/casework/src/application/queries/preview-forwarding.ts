import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { CaseRepository } from '../case-repository';
import { CaseSettings } from '../case-settings';
import { Forwardings, type ForwardInput } from '../forwardings';
import type { LetterPreview } from './preview-letter';
import { CaseReader } from './read-case';

/** Both letters of a forwarding, before anything is sent. */
export interface ForwardingPreview {
  readonly destinationName: string;
  readonly lawfulBasis: string;
  readonly toDestination: LetterPreview;
  /** Whether the item goes along as it was received. */
  readonly withOriginal: boolean;
  /** Null: the sender is not told by mail. */
  readonly toSender: LetterPreview | null;
}

export class PreviewForwarding extends Query<ForwardingPreview> {
  constructor(
    readonly reference: string,
    readonly input: Omit<ForwardInput, 'cautionRead'>,
  ) {
    super();
  }
}

@QueryHandler(PreviewForwarding)
export class PreviewForwardingHandler implements IQueryHandler<PreviewForwarding> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly repository: CaseRepository,
    private readonly forwardings: Forwardings,
    private readonly settings: CaseSettings,
  ) {}

  /** @throws what the forwarding itself would refuse. */
  execute({ reference, input }: PreviewForwarding): Promise<ForwardingPreview> {
    return this.unitOfWork.run(async () => {
      const found = await this.reader.find(reference, 'case-read');
      const plan = await this.forwardings.plan(await this.repository.loadByReference(found.reference), input);
      const from = (await this.settings.office(found.office)).mailboxes[0] ?? '';
      const shown = ({ to_address: to, subject, body }: typeof plan.toDestination): LetterPreview => ({
        from,
        to,
        subject,
        body,
      });
      return {
        destinationName: plan.destinationName,
        lawfulBasis: plan.lawfulBasis,
        toDestination: shown(plan.toDestination),
        withOriginal: plan.attachedItemId !== null,
        toSender: plan.toSender === null ? null : shown(plan.toSender),
      };
    });
  }
}
