import { dayInWords } from '@app/kernel';
import { PastMessage, renderTemplate, type OutgoingKind, type RenderedMessage } from '@app/notifications';
import type { Office } from '@app/offices';
import type { Caller, PastLog } from '@app/platform';
import type { CaseFile } from '../../domain/case-file';
import type { CaseSettings } from '../case-settings';

type Values = Readonly<Record<string, string | null>>;

/** Every merge field that a template may ask for exists, filled in only where it applies. */
const NO_EXTRA: Values = {
  replyText: null,
  destinationName: null,
  destinationContact: null,
  forwardReason: null,
  lawfulBasis: null,
  consent: null,
  replyExpected: null,
  senderTold: null,
};

/** What went out on one case of the past, newest last. */
export class PastLetters {
  readonly #sent: PastMessage[] = [];
  readonly #ordinals = new Map<OutgoingKind, number>();

  constructor(
    private readonly log: PastLog,
    private readonly settings: CaseSettings,
    private readonly office: Office,
    private readonly about: { readonly subject: string; readonly name: string | null },
    /** Message-IDs of the mails that came in. */
    private readonly thread: readonly string[],
  ) {}

  /** Subject of a reply, as the reader's mail program shows it. */
  replySubject(reference: string): string {
    const { subject } = this.about;
    return `${/^\s*re:/i.test(subject) ? subject : `Re: ${subject}`} [${reference}]`;
  }

  async render(caseFile: CaseFile, template: string, extra: Values = {}): Promise<RenderedMessage> {
    const state = caseFile.snapshot();
    const entry = await this.settings.template(template, state.office);
    const category =
      state.category === null ? null : await this.settings.category(state.category, state.office, state.receivedOn);
    const inWords = (day: string | null): string | null => (day === null ? null : dayInWords(day));
    return renderTemplate(entry.data, {
      reference: state.reference,
      officeName: this.office.name,
      officeTelephone: this.office.telephone,
      signatory: null,
      correspondentName: this.about.name,
      receivedOn: dayInWords(state.receivedOn),
      replyBy: inWords(caseFile.dueOn('reply')),
      updateBy: inWords(caseFile.dueOn('update')),
      nextStep:
        category?.data.nextStep ?? 'Somebody in our office will read it and decide who is best placed to answer.',
      subject: this.about.subject,
      ...NO_EXTRA,
      ...extra,
    });
  }

  queue(
    caseFile: CaseFile,
    kind: OutgoingKind,
    letter: { readonly to: string; readonly subject: string; readonly body: string },
    { at, caller, attachedItemId = null }: { at: Date; caller: Caller; attachedItemId?: string | null },
  ): PastMessage {
    const ordinal = (this.#ordinals.get(kind) ?? 0) + 1;
    this.#ordinals.set(kind, ordinal);
    const thread = kind === 'forward' ? [] : this.thread;
    const message = new PastMessage(
      this.log,
      {
        office: this.office.id,
        caseId: caseFile.id,
        caseReference: caseFile.snapshot().reference,
        kind,
        from: this.office.mailboxes[0] ?? '',
        ...letter,
        inReplyTo: thread.at(-1) ?? null,
        references: thread.slice(-10),
        attachedItemId,
        automatic: kind === 'acknowledgement',
      },
      ordinal,
      at,
      caller,
    );
    this.#sent.push(message);
    return message;
  }

  /** Adds the rows of everything that went out. */
  write(): void {
    for (const message of this.#sent) message.write();
  }
}
