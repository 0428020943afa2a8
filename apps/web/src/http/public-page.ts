import type { FastifyReply, FastifyRequest } from 'fastify';
import { readCookie, setCookie } from './cookies';
import { MessageCatalogue, textAt, type Language, type Messages } from './messages';

const LANGUAGE_COOKIE = 'postbag-language';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

const catalogue = MessageCatalogue.read();

/** What every public page says besides its own model. */
export interface PublicFrame {
  readonly m: Messages;
  readonly language: string;
  /** More than one: the page offers the choice. */
  readonly languages: readonly Language[];
  readonly path: string;
}

export interface PublicModel {
  /** Path of the title among the messages. */
  readonly title: string;
  readonly status?: number;
  readonly [key: string]: unknown;
}

/** The wording of the reader's language. */
export function messagesFor(request: FastifyRequest): Messages {
  return catalogue.of(languageOf(request));
}

/** The wording that staff read, whatever language the page was in. */
export function staffMessages(): Messages {
  return catalogue.of('en');
}

export function publicFrame(request: FastifyRequest): PublicFrame {
  const language = languageOf(request);
  const path = request.url.split('?')[0] ?? '/';
  return { m: catalogue.of(language), language, languages: catalogue.languages, path };
}

/** A public page in the reader's language. A choice made by `?lang=` is remembered. */
export async function showPublicPage(reply: FastifyReply, template: string, model: PublicModel): Promise<void> {
  const { title, status = 200, ...rest } = model;
  const frame = publicFrame(reply.request);
  const wished = (reply.request.query as { lang?: unknown }).lang;
  if (wished !== undefined && catalogue.languages.length > 1) {
    const secure = reply.request.protocol === 'https';
    setCookie(reply, LANGUAGE_COOKIE, frame.language, { path: '/', maxAgeSeconds: YEAR_SECONDS, secure });
  }
  const pageTitle = textAt(frame.m, title);
  await reply.status(status).viewAsync(template, { pageTitle, ...frame, ...rest });
}

function languageOf(request: FastifyRequest): string {
  return catalogue.choose((request.query as { lang?: unknown } | null)?.lang, readCookie(request, LANGUAGE_COOKIE));
}
