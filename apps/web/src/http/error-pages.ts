import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ErrorPages, type Problem } from '@app/http';
import { type Messages } from './messages';
import { publicFrame } from './public-page';
import { renderer } from './renderer';

/** A refusal as a page, for browsers that ask for one outside the API. */
@Injectable()
export class PublicErrorPages extends ErrorPages {
  page(problem: Problem, request: FastifyRequest): Promise<string | null> {
    const wantsPage = (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage || /^\/(api|health|metrics)\b/.test(request.url)) return Promise.resolve(null);
    const frame = publicFrame(request);
    const texts = frame.m.errorPage as Messages;
    const pick = (key: string, other: string): string => (texts[key] ?? texts[other]) as string;
    return Promise.resolve(
      renderer().render('views/error.njk', {
        ...frame,
        pageTitle: pick(String(problem.status), 'other'),
        text: pick(`${String(problem.status)}text`, 'text'),
      }),
    );
  }
}
