import { Injectable } from '@nestjs/common';
import { ContactDrafts, type DraftFile } from '@app/intake';
import type { JsonObject } from '@app/kernel';
import { Config } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, readCookie, setCookie, type CookieOptions } from '../http/cookies';
import { doneAfter, type ReviewAnswers } from './review-questions';

const COOKIE = 'postbag-review';
export const REVIEW_PATH = '/apply-for-a-review';

/** What the applicant is told after sending; kept in place of the application. */
export interface ReviewReceipt extends JsonObject {
  readonly reference: string;
  readonly office: string;
  readonly replyBy: string;
  readonly acknowledgeOn: string | null;
  readonly respondOn: string | null;
}

/** An application that is being written, or the receipt of one that was sent from this browser. */
export interface ReviewWriting {
  readonly token: string;
  readonly answers: ReviewAnswers;
  readonly done: readonly string[];
  readonly files: readonly DraftFile[];
  /** Ids of the files that are the written consent. */
  readonly consentFiles: readonly string[];
  readonly linksSent: number;
  readonly receipt: ReviewReceipt | null;
}

/** What a page changes of it. */
export interface ReviewChange {
  readonly step?: string;
  readonly answers?: ReviewAnswers;
  readonly consentFiles?: readonly string[];
  readonly linksSent?: number;
}

/** Keeps an application between the pages of the form, by a cookie that says nothing in itself. */
@Injectable()
export class ReviewDrafting {
  readonly #cookie: CookieOptions;

  constructor(
    private readonly drafts: ContactDrafts,
    config: Config,
  ) {
    this.#cookie = { path: REVIEW_PATH, secure: config.publicUrl.startsWith('https://') };
  }

  async find(request: FastifyRequest): Promise<ReviewWriting | null> {
    const token = readCookie(request, COOKIE);
    const draft = token === null ? null : await this.drafts.find(token);
    if (token === null || draft === null || draft.content.form !== 'review') return null;
    const { answers, done, consentFiles, linksSent, receipt } = draft.content;
    return {
      token,
      answers: (answers ?? {}) as ReviewAnswers,
      done: texts(done),
      files: draft.files,
      consentFiles: texts(consentFiles),
      linksSent: typeof linksSent === 'number' ? linksSent : 0,
      receipt: (receipt ?? null) as ReviewReceipt | null,
    };
  }

  /** The browser had an application here, and its time is over. */
  isExpired(request: FastifyRequest): boolean {
    return readCookie(request, COOKIE) !== null;
  }

  async begin(reply: FastifyReply, step: string, answers: ReviewAnswers): Promise<void> {
    this.use(reply, await this.drafts.begin({ form: 'review', answers, done: [step] }));
  }

  /** The browser goes on with this one. */
  use(reply: FastifyReply, token: string): void {
    setCookie(reply, COOKIE, token, this.#cookie);
  }

  /** Keeps what a page says. False when the application is gone meanwhile. */
  keep(token: string, change: ReviewChange): Promise<boolean> {
    return this.drafts.change(token, (content) => {
      if (content.receipt) return content;
      const done = texts(content.done);
      return {
        ...content,
        answers: { ...(content.answers as JsonObject), ...change.answers },
        done: change.step === undefined ? done : doneAfter(done, change.step),
        ...(change.consentFiles ? { consentFiles: change.consentFiles } : {}),
        ...(change.linksSent === undefined ? {} : { linksSent: change.linksSent }),
      };
    });
  }

  finish(token: string, receipt: ReviewReceipt): Promise<void> {
    return this.drafts.finish(token, { form: 'review', receipt });
  }

  async leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = readCookie(request, COOKIE);
    if (token !== null) await this.drafts.forget(token);
    clearCookie(reply, COOKIE, this.#cookie);
  }

  /** The browser forgets an application whose time is over. */
  clear(reply: FastifyReply): void {
    clearCookie(reply, COOKIE, this.#cookie);
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
