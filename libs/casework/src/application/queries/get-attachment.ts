import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ContentStore, UnitOfWork } from '@app/platform';
import { CaseContentNotFound } from '../../domain/case.errors';
import { FileRelease } from '../file-release';
import { isId } from '../is-id';
import { CaseReader } from './read-case';

/** A file as it was received. */
export interface CaseContent {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface AttachmentContent extends CaseContent {
  readonly scanStatus: string;
}

/** The bytes of a file that came with a message of a case. */
export class GetAttachment extends Query<AttachmentContent> {
  constructor(
    readonly reference: string,
    readonly attachmentId: string,
  ) {
    super();
  }
}

interface AttachmentRow {
  office: string;
  filename: string;
  content_type: string;
  sha256: Buffer;
  scan_status: string;
}

@QueryHandler(GetAttachment)
export class GetAttachmentHandler implements IQueryHandler<GetAttachment> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly content: ContentStore,
    private readonly release: FileRelease,
  ) {}

  /** @throws CaseNotFound, CaseContentNotFound, FileNotReleased */
  execute({ reference, attachmentId }: GetAttachment): Promise<AttachmentContent> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'attachment-read');
      if (!isId(attachmentId)) throw new CaseContentNotFound();
      const [row]: AttachmentRow[] = await manager.query(
        `SELECT office, filename, content_type, sha256, scan_status FROM message_attachment WHERE id = $1 AND case_id = $2`,
        [attachmentId, id],
      );
      if (!row) throw new CaseContentNotFound();
      this.release.require([row.scan_status]);
      return {
        filename: row.filename,
        contentType: row.content_type,
        scanStatus: row.scan_status,
        bytes: await this.content.read(row.office, row.sha256),
      };
    });
  }
}
