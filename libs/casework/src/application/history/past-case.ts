import { addDays, commitment, londonDate } from '@app/kernel';
import type { Office } from '@app/offices';
import { byteaText, type Caller, type PastLog, type StoredEvent } from '@app/platform';
import type { DeadlineCounter } from '../../domain/case-deadlines';
import type { CaseFile } from '../../domain/case-file';
import type { KeptText } from '../../domain/case-inputs';
import type { CaseState } from '../../domain/case-state';
import { allowedActions, type CaseAction } from '../../domain/case-status';
import type { RiskReason } from '../../domain/risk/risk-screen';
import type { CaseRepository, DeadlineWatch } from '../case-repository';
import type { CaseSettings } from '../case-settings';
import { caseStream } from '../case-stream';
import { addMessageRows } from '../open-cases';
import type { PastContact, PastCorrespondent } from './past-contact';
import { PastLetters } from './past-letters';
import type { PastNumber } from './past-numbers';

/** When something was done in the past, and by whom. */
export interface Then {
  readonly at: Date;
  readonly by: Caller;
}

const WARN_DAYS_BEFORE = 2;
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export interface PastDraft {
  readonly channel: string;
  readonly subject: string;
  readonly body: string;
  readonly template: string;
  readonly by: string;
  readonly at: Date;
  submittedBy?: string;
  approvedBy?: string;
}

interface Alert {
  readonly id: string;
  readonly level: string;
  readonly reasons: readonly RiskReason[];
  readonly raisedAt: Date;
  confirmed?: Then;
}

export interface PastCaseParts {
  readonly log: PastLog;
  readonly caseFile: CaseFile;
  readonly office: Office;
  readonly number: PastNumber;
  readonly subject: string;
  readonly correspondent: PastCorrespondent;
  readonly riskReasons: readonly RiskReason[];
  readonly settings: CaseSettings;
  readonly counter: DeadlineCounter;
  readonly repository: CaseRepository;
  /** Rows of links: written once both cases are. */
  readonly links: Record<string, unknown>[];
}

/** A case while its history is written: each act is the aggregate's own, recorded at the instant given. */
export class PastCase {
  readonly letters: PastLetters;
  protected readonly mailIds: string[] = [];
  protected draftKept: PastDraft | null = null;
  readonly #alerts: Alert[] = [];
  readonly #watched = new Map<string, DeadlineWatch>();
  readonly #rows: [string, Record<string, unknown>][] = [];
  #opened: StoredEvent | null = null;

  constructor(protected readonly parts: PastCaseParts) {
    const { log, settings, office, subject, correspondent } = parts;
    this.letters = new PastLetters(log, settings, office, { subject, name: correspondent.name }, this.mailIds);
  }

  get id(): string {
    return this.parts.caseFile.id;
  }

  get state(): CaseState {
    return this.parts.caseFile.snapshot();
  }

  /** Whether its status allows the action. */
  may(action: CaseAction): boolean {
    return allowedActions(this.state.status).includes(action);
  }

  get office(): Office {
    return this.parts.office;
  }

  get correspondent(): PastCorrespondent {
    return this.parts.correspondent;
  }

  /** The event that opened it. */
  get openedEventId(): string {
    return this.#opened?.id ?? '';
  }

  /** Appends what the aggregate recorded. */
  record(by: Caller): StoredEvent[] {
    const { log, caseFile, office } = this.parts;
    const events = caseFile.releaseEvents();
    const stored = log.append({ stream: caseStream(this.id), office: office.id, events, caller: by });
    this.#opened ??= stored[0] ?? null;
    return stored;
  }

  /** Does something to the aggregate and records it. */
  act({ by }: Then, change: (caseFile: CaseFile) => void): StoredEvent[] {
    change(this.parts.caseFile);
    return this.record(by);
  }

  addMessage(messageId: string, contact: PastContact, isOnCase: boolean): void {
    const { channel, receivedAt: at, fromName, fromAddress, toAddresses, subject, text, mailKind } = contact;
    const { mailMessageId, itemId } = contact;
    const freshText = channel === 'email' ? text : null;
    addMessageRows(
      this.parts.log.rows,
      this.office.id,
      this.id,
      {
        ...{ id: messageId, channel, at, fromName, fromAddress, toAddresses, subject, text, freshText, html: null },
        ...{ mailKind, mailMessageId, problems: [], itemId, attachments: [] },
      },
      isOnCase,
    );
    if (mailMessageId === null) return;
    this.mailIds.push(mailMessageId);
    const thread = { office: this.office.id, message_id_header: mailMessageId, case_id: this.id };
    this.parts.log.rows.addUnlessThere('mail_thread_id', thread);
  }

  alert(level: string, reasons: readonly RiskReason[], at: Date): void {
    this.#alerts.push({ id: this.parts.log.newId(), level, reasons, raisedAt: at });
  }

  confirmRisk(then: Then): void {
    for (const alert of this.#alerts.filter(({ confirmed }) => !confirmed)) {
      alert.confirmed = then;
      this.act(then, (caseFile) => caseFile.confirmRisk(alert.id, then.at));
    }
  }

  note(text: string, then: Then): void {
    const id = this.parts.log.newId();
    const { at, by } = then;
    this.keepRow('case_note', { id, case_id: this.id, office: this.office.id, text, author: by.actor.id, at });
    this.act(then, (caseFile) => caseFile.note(id, at));
  }

  /** Shown on both; call it on one of them. Cases that are linked already stay as they are. */
  link(other: PastCase, then: Then): void {
    const { at } = then;
    if (this.parts.links.some((row) => row.case_id === this.id && row.linked_case_id === other.id)) return;
    for (const [one, two] of [
      [this, other],
      [other, this],
    ] as const) {
      one.act(then, (caseFile) => caseFile.link(two.id, at));
    }
    const row = { office: this.office.id, at };
    this.parts.links.push({ case_id: this.id, linked_case_id: other.id, ...row });
    this.parts.links.push({ case_id: other.id, linked_case_id: this.id, ...row });
  }

  keep(text: string): KeptText {
    const { log } = this.parts;
    const reasonId = log.newId();
    const salt = Buffer.from(log.newId().replaceAll('-', ''), 'hex');
    const row = { id: reasonId, office: this.office.id, case_id: this.id, salt: byteaText(salt), text };
    log.rows.add('private_text', row);
    return { reasonId, reasonCommitment: commitment(salt, text) };
  }

  codeOrWords(reason: string): { code: string; words: KeptText | null } {
    return CODE.test(reason) ? { code: reason, words: null } : { code: 'other', words: this.keep(reason) };
  }

  /** Whether the watch would do something on that day. */
  isWatched(on: string): boolean {
    return this.state.deadlines.some(
      ({ id, status, dueOn }) =>
        status === 'open' &&
        dueOn !== null &&
        dueOn <= addDays(on, WARN_DAYS_BEFORE) &&
        !this.isDoneWith(id, dueOn, on),
    );
  }

  /** What the watch over deadlines does: warns two days before, and escalates what has passed. */
  watch(then: Then): void {
    const { at } = then;
    const on = londonDate(at);
    for (const { id, clock, status, dueOn } of this.state.deadlines) {
      if (status !== 'open' || dueOn === null || dueOn > addDays(on, WARN_DAYS_BEFORE)) continue;
      const known = this.#watched.get(id) ?? { warnedAt: null, escalatedAt: null };
      if (dueOn < on && known.escalatedAt === null) {
        this.#watched.set(id, { ...known, escalatedAt: at });
        this.act(then, (caseFile) => void caseFile.miss(clock, dueOn, at));
      } else if (dueOn >= on && known.warnedAt === null) {
        this.#watched.set(id, { ...known, warnedAt: at });
        this.act(then, (caseFile) => void caseFile.warn(clock, dueOn, at));
      }
    }
  }

  /** Adds all rows that wait for the case to be settled. Nothing happens to it any more. */
  write(): void {
    const { log, repository, caseFile, number, subject, riskReasons } = this.parts;
    const row = { caseFile, referenceYear: number.year, referenceNumber: number.number, subject, riskReasons };
    repository.addNew([{ ...row, watched: this.#watched }], log.rows);
    for (const [table, each] of this.#rows) log.rows.add(table, each);
    for (const { id, level, reasons, raisedAt, confirmed } of this.#alerts) {
      log.rows.add('risk_alert', {
        ...{ id, case_id: this.id, office: this.office.id, level, reasons, raised_at: raisedAt },
        confirmed_at: confirmed?.at ?? null,
        confirmed_by: confirmed?.by.actor.id ?? null,
      });
    }
    this.writeDraft();
    this.letters.write();
  }

  protected keepRow(table: string, row: Record<string, unknown>): void {
    this.#rows.push([table, row]);
  }

  private isDoneWith(id: string, dueOn: string, on: string): boolean {
    const known = this.#watched.get(id);
    return dueOn < on ? known !== undefined && known.escalatedAt !== null : (known?.warnedAt ?? null) !== null;
  }

  private writeDraft(): void {
    if (!this.draftKept || this.state.draftState === null) return;
    const { channel, subject, body, template, by, at, submittedBy, approvedBy } = this.draftKept;
    this.parts.log.rows.add('case_draft', {
      ...{ case_id: this.id, office: this.office.id, to_address: this.correspondent.email, channel, subject, body },
      ...{ template, state: this.state.draftState ?? 'draft', drafted_by: by, updated_at: at },
      submitted_by: submittedBy ?? null,
      approved_by: approvedBy ?? null,
    });
  }
}
