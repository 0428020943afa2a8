import { BadRequestException, HttpException, NotFoundException, UnauthorizedException } from '@nestjs/common';
import { DomainError, type ErrorKind } from '@app/kernel';
import { problemOf } from './problem-of';
import { Refusal } from './refusal';

class SaysNo extends DomainError {
  readonly code = 'casework.says-no';
  constructor(readonly kind: ErrorKind) {
    super('The case is closed.', { errors: [{ pointer: '/status', message: 'is closed' }] });
  }
}

function fastifyError(code: string, statusCode: number): Error {
  return Object.assign(new Error(`inside ${code}`), { code, statusCode });
}

describe('problemOf', () => {
  it.each<[ErrorKind, number]>([
    ['not-found', 404],
    ['conflict', 409],
    ['invalid', 422],
    ['forbidden', 403],
    ['stale', 412],
    ['unavailable', 503],
  ])('answers a rule of kind %s with %i, its code and its fields', (kind, status) => {
    expect(problemOf(new SaysNo(kind)).problem).toMatchObject({
      type: '/problems/casework.says-no',
      status,
      detail: 'The case is closed.',
      errors: [{ pointer: '/status', message: 'is closed' }],
    });
  });

  it('asks to come back when what is needed is away', () => {
    const broken = Object.assign(new Error('terminating connection'), { code: '57P01' });
    for (const error of [new SaysNo('unavailable'), broken, new Error('Connection terminated unexpectedly')]) {
      expect(problemOf(error)).toMatchObject({
        problem: { status: 503 },
        headers: { 'retry-after': '5' },
        log: 'away',
      });
    }
  });

  it('says nothing of the inside of a defect', () => {
    for (const error of [new TypeError('x is undefined'), new HttpException('leaked', 500), 'thrown text', null]) {
      const { problem, log } = problemOf(error);
      expect(problem).toMatchObject({ type: 'about:blank', status: 500 });
      expect(problem.detail).toBe('Something went wrong on our side. It has been noted.');
      expect(log).toBe('defect');
    }
  });

  it.each([
    [fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413), 413],
    [fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 415],
    [fastifyError('FST_INVALID_MULTIPART_CONTENT_TYPE', 406), 415],
    [fastifyError('FST_REQ_FILE_TOO_LARGE', 413), 413],
    [fastifyError('FST_ERR_HANDLER_TIMEOUT', 503), 503],
    [fastifyError('FST_ERR_REP_INVALID_PAYLOAD_TYPE', 500), 500],
    [fastifyError('SOMEBODY_ELSE', 418), 500],
  ])('takes the status, not the words, of %p', (error, status) => {
    const { problem } = problemOf(error);
    expect(problem.status).toBe(status);
    expect(problem.detail).not.toContain('inside');
  });

  it('repeats a sentence that was written for the caller and no other message', () => {
    const own = new BadRequestException('Choose a day after the receipt.');
    expect(problemOf(own).problem.detail).toBe('Choose a day after the receipt.');
    const wrapped = new HttpException('Unexpected token J in "John".', 400, { cause: new Error('x') });
    const router = new NotFoundException('Cannot GET /cases/John.');
    for (const error of [wrapped, router, new UnauthorizedException()]) {
      expect(problemOf(error).problem.detail).not.toMatch(/John|Unauthorized/);
    }
  });

  it('passes on the headers of a refusal', () => {
    expect(problemOf(new Refusal(429, { 'retry-after': '1' }))).toMatchObject({
      problem: { status: 429 },
      headers: { 'retry-after': '1' },
      log: 'none',
    });
  });
});
