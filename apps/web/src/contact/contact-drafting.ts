import { Injectable } from '@nestjs/common';
import { ContactDrafts, type DraftFile } from '@app/intake';
import type { JsonObject } from '@app/kernel';
import { Config } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, readCookie, setCookie, type CookieOptions } from '../http/cookies';
import { answersOf, type ContactAnswers, type ContactStep } from './contact-steps';

const COOKIE = 'postbag-letter';

/** What the writer is told after sending; kept in place of the letter. */
export interface Receipt extends JsonObject {
  readonly reference: string;
  readonly office: string;
  readonly replyBy: string;
  readonly respondOn: string | null;
  readonly updateOn: string | null;
}

/** A letter that is being written, or the receipt of one that was sent from this browser. */
export interface Writing {
  readonly token: string;
  readonly answers: ContactAnswers;
  readonly done: readonly string[];
  readonly files: readonly DraftFile[];
  readonly receipt: Receipt | null;
}

/** Keeps a letter between the pages of the form, by a cookie that says nothing in itself. */
@Injectable()
export class ContactDrafting {
  readonly #cookie: CookieOptions;

  constructor(
    private readonly drafts: ContactDrafts,
    config: Config,
  ) {
    this.#cookie = { path: '/contact', secure: config.publicUrl.startsWith('https://') };
  }

  async find(request: FastifyRequest): Promise<Writing | null> {
    const token = readCookie(request, COOKIE);
    const draft = token === null ? null : await this.drafts.find(token);
    if (token === null || draft === null) return null;
    const { answers, done, receipt } = draft.content;
    return {
      token,
      answers: answersOf((answers ?? {}) as JsonObject),
      done: Array.isArray(done) ? done.map(String) : [],
      files: draft.files,
      receipt: (receipt ?? null) as Receipt | null,
    };
  }

  /** The browser had a letter here, and its time is over. */
  isExpired(request: FastifyRequest, writing: Writing | null): boolean {
    return writing === null && readCookie(request, COOKIE) !== null;
  }

  async begin(reply: FastifyReply, step: ContactStep | null, answers: Partial<ContactAnswers>): Promise<string> {
    const token = await this.drafts.begin({ answers, done: step === null ? [] : [step] });
    setCookie(reply, COOKIE, token, this.#cookie);
    return token;
  }

  /** Keeps the answers of a page. False when the letter is gone meanwhile. */
  keep(token: string, step: ContactStep | null, answers: Partial<ContactAnswers>): Promise<boolean> {
    return this.drafts.change(token, (content) => {
      if (content.receipt) return content;
      const done = Array.isArray(content.done) ? content.done.map(String) : [];
      return {
        answers: { ...(content.answers as JsonObject), ...answers },
        done: step === null ? done : [...new Set([...done, step])],
      };
    });
  }

  finish(token: string, receipt: Receipt): Promise<void> {
    return this.drafts.finish(token, { receipt });
  }

  async leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = readCookie(request, COOKIE);
    if (token !== null) await this.drafts.forget(token);
    clearCookie(reply, COOKIE, this.#cookie);
  }

  /** The browser forgets a letter whose time is over. */
  clear(reply: FastifyReply): void {
    clearCookie(reply, COOKIE, this.#cookie);
  }
}
