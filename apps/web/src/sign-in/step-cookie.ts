import { Injectable } from '@nestjs/common';
import { cookieOf, setCookie } from '@app/http';
import { Config } from '@app/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'postbag_step';
const TICKET_MS = 10 * 60_000;

/** The ticket between the steps of signing in. Sealed by whoever made it; here it is only carried. */
@Injectable()
export class StepCookie {
  constructor(private readonly config: Config) {}

  keep(reply: FastifyReply, ticket: string): void {
    setCookie(reply, COOKIE, ticket, { expires: new Date(Date.now() + TICKET_MS), secure: this.isSecure });
  }

  of(request: FastifyRequest): string {
    return cookieOf(request, COOKIE) ?? '';
  }

  remove(reply: FastifyReply): void {
    setCookie(reply, COOKIE, '', { expires: new Date(0), secure: this.isSecure });
  }

  private get isSecure(): boolean {
    return this.config.publicUrl.startsWith('https://');
  }
}
