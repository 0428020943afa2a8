import { Writable } from 'node:stream';
import { Global, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessRecords, type TokenIdentity } from '@app/access';
import {
  Authentication,
  configureHttp,
  createFastifyAdapter,
  HttpModule,
  LOG_STREAM,
  PublicOffices,
  ThrottleLimits,
} from '@app/http';
import { Config, currentCaller, readConfig } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import { secretWord } from './try-out.fixture';

const identities: Record<string, Pick<TokenIdentity, 'role'>> = {
  clerk: { role: 'caseworker' },
  other: { role: 'caseworker' },
  key: { role: 'service' },
};

class FakeAuthentication extends Authentication {
  identify(request: FastifyRequest): Promise<TokenIdentity | null> {
    const name = request.headers.authorization?.slice('Bearer '.length) ?? '';
    const known = identities[name];
    return Promise.resolve(
      known ? { ...known, tokenId: name, offices: ['west-mercia'], actor: { kind: 'person', id: name } } : null,
    );
  }
}

class SomeOffices extends PublicOffices {
  all(): Promise<readonly string[]> {
    return Promise.resolve(['warwickshire', 'west-mercia']);
  }
}

/** Keeps what was recorded as read; can be away as the database can. */
export class FakeRecords {
  readonly records: unknown[] = [];
  isAway = false;
  hasRecorded(): boolean {
    return false;
  }
  record(action: string): Promise<void> {
    if (this.isAway) return Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
    this.records.push([action, currentCaller().actor.id]);
    return Promise.resolve();
  }
}

/** Wide enough for the other tests; narrowed where the limit itself is tested. */
export const limits = { token: 5000, publicReads: 5000, publicWrites: 20, failedSignIns: 50 };

/** Log lines so far. */
export const logged: string[] = [];
const log = new Writable({
  write: (chunk: Buffer, _, done) => {
    logged.push(chunk.toString());
    done();
  },
});

/** The configured pipeline around some controllers, listening on a free port. */
export async function boot(controllers: Type[], records = new FakeRecords()): Promise<NestFastifyApplication> {
  const config = readConfig({ LOG_LEVEL: 'debug' });
  const provided = [
    { provide: Config, useValue: config },
    { provide: AccessRecords, useValue: records },
    { provide: PublicOffices, useClass: SomeOffices },
    { provide: LOG_STREAM, useValue: log },
  ];
  @Global()
  @Module({ providers: provided, exports: provided.map(({ provide }) => provide) })
  class Surroundings {}

  const module = await Test.createTestingModule({ imports: [Surroundings, HttpModule], controllers })
    .overrideProvider(Authentication)
    .useClass(FakeAuthentication)
    .overrideProvider(ThrottleLimits)
    .useValue(limits)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(createFastifyAdapter(config), { bufferLogs: true });
  await configureHttp(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface SendOptions {
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
  readonly token?: string;
  readonly type?: string;
  readonly headers?: Record<string, string>;
}

/** Sends as `clerk` unless told otherwise; an empty token sends none. */
export async function sendTo(
  url: string,
  method: string,
  path: string,
  { body, token = 'clerk', type = 'application/json', headers = {} }: SendOptions = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined || !type ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** Expects a problem document of this status, with nothing of the inside. */
export function expectProblem(answer: Answer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
  expect(String(answer.body.detail)).toMatch(/^[A-Z].*\.$/);
  for (const inside of [/\bat .*:\d+:\d+/, /SELECT|INSERT/, /node_modules|\/libs\/|\/work\//, secretWord, /FST_/]) {
    expect(answer.text).not.toMatch(inside);
  }
}
