import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ContentStore, UnitOfWork } from '@app/platform';
import { CaseContentNotFound } from '../../domain/case.errors';
import { FileRelease } from '../file-release';
import { isId } from '../is-id';
import type { CaseContent } from './get-attachment';
import { CaseReader } from './read-case';

/** A message as its octets were received: the mail itself, or the record of an item that was logged. */
export class GetOriginal extends Query<CaseContent> {
  constructor(
    readonly reference: string,
    readonly messageId: string,
  ) {
    super();
  }
}

@QueryHandler(GetOriginal)
export class GetOriginalHandler implements IQueryHandler<GetOriginal> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly content: ContentStore,
    private readonly release: FileRelease,
  ) {}

  /** @throws CaseNotFound, CaseContentNotFound (also for what we wrote ourselves), FileNotReleased */
  execute({ reference, messageId }: GetOriginal): Promise<CaseContent> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'original-read');
      if (!isId(messageId)) throw new CaseContentNotFound();
      const [row]: { item_id: string; office: string; source: string; sha256: Buffer; reference: string }[] =
        await manager.query(
          `SELECT i.id AS item_id, i.office, i.source, i.sha256, c.reference FROM case_message m
           JOIN intake_item i ON i.id = m.intake_item_id JOIN case_file c ON c.id = m.case_id
          WHERE m.id = $1 AND m.case_id = $2`,
          [messageId, id],
        );
      if (!row) throw new CaseContentNotFound();
      await this.release.requireItem(row.item_id);
      const isMail = row.source === 'smtp';
      return {
        filename: `${row.reference}-${messageId.slice(0, 8)}.${isMail ? 'eml' : 'json'}`,
        contentType: isMail ? 'message/rfc822' : 'application/json',
        bytes: await this.content.read(row.office, row.sha256),
      };
    });
  }
}
