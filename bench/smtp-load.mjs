import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { LETTER } from './http-load.mjs';

/** One SMTP connection that sends mail after mail. */
class SmtpConnection {
  #socket;
  #text = '';
  #waiting = null;

  async open(port) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('close', () => this.#waiting?.(0));
    this.#socket.on('error', () => this.#waiting?.(0));
    await this.#answer();
    await this.#command('EHLO bench.example');
    return this;
  }

  async send(mail) {
    await this.#command('MAIL FROM:<writer@mail.example>');
    await this.#command('RCPT TO:<opcc@west-mercia.example>');
    await this.#command('DATA');
    return this.#command(`${mail}\r\n.`);
  }

  close() {
    this.#socket.destroy();
  }

  #command(line) {
    this.#socket.write(`${line}\r\n`);
    return this.#answer();
  }

  #answer() {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#settle();
    });
  }

  #read(chunk) {
    this.#text += chunk.toString('latin1');
    this.#settle();
  }

  #settle() {
    const last = /(?:^|\n)(\d{3}) [^\n]*\n$/.exec(this.#text);
    if (!last || !this.#waiting) return;
    this.#text = '';
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting(Number(last[1]));
  }
}

function mail(n) {
  return [
    `From: Test Person <person-${n % 500}@mail.example>`,
    'To: opcc@west-mercia.example',
    `Subject: Speeding on the road through Mockton, letter ${n}`,
    `Message-ID: <${n}.${process.pid}.${Date.now()}@mail.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Dear Commissioner,',
    '',
    LETTER,
    '',
    `Test Person ${n % 500}`,
  ].join('\r\n');
}

export async function smtpClosedLoop({ port, clients, seconds }) {
  const connections = await Promise.all(Array.from({ length: clients }, () => new SmtpConnection().open(port)));
  let done = 0;
  let refused = 0;
  let n = 0;
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) {
        const code = await connection.send(mail(n++));
        if (code === 250) done += 1;
        else refused += 1;
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return { perSecond: done / elapsed, done, refused };
}
