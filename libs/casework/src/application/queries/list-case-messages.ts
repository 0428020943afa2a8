import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { FileRelease } from '../file-release';
import { CaseReader } from './read-case';

export interface AttachmentView {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly scanStatus: string;
  /** False: it cannot be downloaded, because a virus scanner has not found it clean. */
  readonly isReleased: boolean;
}

export interface MessageView {
  readonly id: string;
  readonly direction: 'inbound' | 'outbound';
  readonly channel: string;
  readonly at: string;
  readonly from: string | null;
  readonly fromName: string | null;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly freshText: string | null;
  readonly html: string | null;
  readonly mailKind: string | null;
  readonly senderOnCase: boolean;
  readonly problems: readonly string[];
  readonly delivery: string | null;
  /** The outgoing message that it went out with. */
  readonly outgoingId: string | null;
  /** What that message was for: an acknowledgement, a reply … */
  readonly outgoingKind: string | null;
  readonly attachments: readonly AttachmentView[];
  /** Of the message as it was received: its own and that of its files, the gravest. */
  readonly isOriginalReleased: boolean;
}

export interface MessagePage {
  readonly items: readonly MessageView[];
  /** Instant in UTC and id of the last one, when more follow. */
  readonly next: readonly [string, string] | null;
}

/** The thread of a case, oldest first unless asked for otherwise. */
export class ListCaseMessages extends Query<MessagePage> {
  constructor(
    readonly reference: string,
    readonly limit: number,
    readonly after: readonly [string, string] | null,
    readonly newestFirst = false,
  ) {
    super();
  }
}

interface MessageRow extends Omit<MessageView, 'at' | 'attachments' | 'isOriginalReleased'> {
  at: Date;
  at_text: string;
  attachments: Omit<AttachmentView, 'isReleased'>[] | null;
  original_scan_status: string | null;
}

@QueryHandler(ListCaseMessages)
export class ListCaseMessagesHandler implements IQueryHandler<ListCaseMessages> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: CaseReader,
    private readonly release: FileRelease,
  ) {}

  execute({ reference, limit, after, newestFirst }: ListCaseMessages): Promise<MessagePage> {
    return this.unitOfWork.run(async (manager) => {
      const { id } = await this.reader.find(reference, 'case-messages-read');
      const [beyond, order] = newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
      const rows: MessageRow[] = await manager.query(
        `SELECT m.id, m.direction, m.channel, m.at,
                to_char(m.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at_text,
                m.from_address AS "from", m.from_name AS "fromName", m.to_addresses AS "to", m.subject, m.text, m.fresh_text AS "freshText", m.html, m.mail_kind AS "mailKind",
                m.sender_on_case AS "senderOnCase", m.problems, o.status AS delivery, o.id AS "outgoingId", o.kind AS "outgoingKind",
                (SELECT json_agg(json_build_object('id', a.id, 'filename', a.filename, 'contentType', a.content_type,
                                                   'sizeBytes', a.size_bytes, 'scanStatus', a.scan_status) ORDER BY a.filename, a.id)
                   FROM message_attachment a WHERE a.message_id = m.id) AS attachments,
                (SELECT s.scan_status FROM intake_item i JOIN stored_content s ON s.office = i.office AND s.sha256 = i.sha256
                  WHERE i.id = m.intake_item_id) AS original_scan_status
           FROM case_message m LEFT JOIN outgoing_message o ON o.id = m.outgoing_message_id
          WHERE m.case_id = $1 AND ($2::timestamptz IS NULL OR (m.at, m.id) ${beyond} ($2::timestamptz, $3::uuid))
          ORDER BY m.at ${order}, m.id ${order} LIMIT $4`,
        [id, after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(({ at_text, at, attachments, original_scan_status: original, ...row }) => {
          const files = (attachments ?? []).map((file) => ({
            ...file,
            isReleased: this.release.isReleased(file.scanStatus),
          }));
          const isOriginalReleased =
            this.release.isReleased(original ?? 'unscanned') && files.every(({ isReleased }) => isReleased);
          return { ...row, at: at.toISOString(), attachments: files, isOriginalReleased };
        }),
        next: rows.length > limit && last ? [last.at_text, last.id] : null,
      };
    });
  }
}
