import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ContentStore, UnitOfWork } from '@app/platform';
import { CaseContentNotFound } from '../../domain/case.errors';
import { FileRelease } from '../file-release';
import { isId } from '../is-id';
import { CaseReader } from './read-case';

const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const LARGEST_PICTURE = 1024 * 1024;
const MOST_PICTURES = 20;

/** The HTML of a message with the pictures that came in it. Cleaned when it was taken in; show it in a sandbox only. */
export class GetMessageHtml extends Query<string> {
  constructor(
    readonly reference: string,
    readonly messageId: string,
  ) {
    super();
  }
}

interface Picture {
  office: string;
  content_id: string;
  content_type: string;
  sha256: Buffer;
  scan_status: string;
}

@QueryHandler(GetMessageHtml)
export class GetMessageHtmlHandler implements IQueryHandler<GetMessageHtml> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly content: ContentStore,
    private readonly release: FileRelease,
  ) {}

  /** @throws CaseNotFound, CaseContentNotFound */
  execute({ reference, messageId }: GetMessageHtml): Promise<string> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'case-messages-read');
      if (!isId(messageId)) throw new CaseContentNotFound();
      const [row]: { html: string | null }[] = await manager.query(
        `SELECT html FROM case_message WHERE id = $1 AND case_id = $2`,
        [messageId, id],
      );
      if (!row?.html) throw new CaseContentNotFound();
      const pictures: Picture[] = await manager.query(
        `SELECT office, content_id, content_type, sha256, scan_status FROM message_attachment
          WHERE message_id = $1 AND content_id IS NOT NULL AND content_type = ANY($2) AND size_bytes <= $3
          ORDER BY id LIMIT $4`,
        [messageId, PICTURES, LARGEST_PICTURE, MOST_PICTURES],
      );
      let html = row.html;
      // In the page itself: a sandboxed frame sends no cookie, so it could not fetch them.
      for (const picture of pictures) {
        const name = `cid:${picture.content_id.replace(/^<|>$/g, '')}`;
        if (!html.includes(name) || !this.release.isReleased(picture.scan_status)) continue;
        const bytes = await this.content.read(picture.office, picture.sha256);
        html = html.replaceAll(`"${name}"`, `"data:${picture.content_type};base64,${bytes.toString('base64')}"`);
      }
      return html;
    });
  }
}
