import { judgeFailure } from './judge-smtp-failure';

function failure(over: object): Error {
  return Object.assign(new Error('x'), over);
}

describe('judgeFailure', () => {
  it('takes a permanent refusal of the message as final and keeps only its codes', () => {
    const response = '550 5.1.1 <asha.patel@mail.example>: no such user';
    const error = failure({ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550, response });
    expect(judgeFailure(error, false)).toEqual({
      outcome: 'refused',
      reply: '550 5.1.1',
      because: 'the mail server refused it (550 5.1.1)',
    });
  });

  it.each([
    ['a temporary refusal', { command: 'RCPT TO', responseCode: 451, response: '451 4.7.1 later' }],
    ['a temporary refusal after the content', { command: 'DATA', responseCode: 452, response: '452 full' }],
    ['a server that shuts down', { code: 'ECONNECTION', command: 'CONN', responseCode: 421, response: '421 bye' }],
    ['a sign-in that failed', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 no' }],
    ['a sign-in that is missing', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 530, response: '530 no' }],
    ['a server that greets nobody', { code: 'EPROTOCOL', command: 'CONN', responseCode: 554, response: '554 no' }],
    ['a server that is not there', { code: 'ESOCKET', command: 'CONN', errno: -111 }],
    ['a name that does not resolve', { code: 'EDNS', command: 'CONN' }],
    ['a connection that broke before the content', { code: 'ECONNECTION', command: 'CONN' }],
    ['a pool that was closed', {}],
  ])('defers after %s', (_what, over) => {
    const isAfterContent = 'command' in over && over.command === 'DATA';
    expect(judgeFailure(failure(over), isAfterContent)).toMatchObject({ outcome: 'deferred' });
  });

  it('does not know how it ended when the connection broke after content was on its way', () => {
    for (const code of ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EABORT', undefined]) {
      expect(judgeFailure(failure({ code, command: 'CONN' }), true)).toMatchObject({ outcome: 'unknown' });
    }
    expect(judgeFailure('odd', true)).toMatchObject({ outcome: 'unknown' });
  });

  it('refuses what nodemailer itself finds unfit', () => {
    expect(judgeFailure(failure({ code: 'EMESSAGE', command: 'MAIL FROM' }), false)).toMatchObject({
      outcome: 'refused',
      reply: null,
    });
  });

  it('survives anything thrown', () => {
    for (const error of [null, undefined, 7, 'text']) {
      expect(judgeFailure(error, false)).toMatchObject({ outcome: 'deferred' });
    }
  });
});
