import { once } from 'node:events';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { VirusScanner, type ScanVerdict } from './virus-scanner';

const CHUNK_BYTES = 64 * 1024;
const PATIENCE_MS = 120_000;
const LONGEST_ANSWER = 4096;

/** clamd could not be asked: it is away, starting, or hung up. */
export class ClamdAway extends Error {
  constructor(options?: ErrorOptions) {
    super('clamd does not answer', options);
    this.name = 'ClamdAway';
  }
}

/** clamd answered, but with no verdict on this content. */
export class ClamdFailed extends Error {
  constructor() {
    super('clamd answered without a verdict');
    this.name = 'ClamdFailed';
  }
}

/**
 * Asks clamd over its socket (clamd(8): zPING, zINSTREAM). Written here because `clamscan` of npm wants clamd to answer
 * while it is set up, falls back to a program of this machine, and has had no release since 2024; the protocol is two commands.
 */
export class Clamd extends VirusScanner {
  readonly #open = new Set<Socket>();

  constructor(
    private readonly address: NetConnectOpts,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    super();
  }

  async ping(): Promise<void> {
    const answer = await this.ask((socket) => void socket.write('zPING\0'));
    if (answer !== 'PONG') throw new ClamdAway();
  }

  async scan(content: Buffer): Promise<ScanVerdict> {
    const answer = await this.ask((socket) => send(socket, content));
    if (answer === 'stream: OK') return { status: 'clean', finding: null };
    const finding = /^stream: (.+) FOUND$/.exec(answer)?.[1];
    if (finding !== undefined) return { status: 'infected', finding };
    if (answer.startsWith('INSTREAM size limit exceeded')) return { status: 'too-large', finding: null };
    throw new ClamdFailed();
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
  }

  /** One question, one answer, one connection. @throws ClamdAway */
  private async ask(question: (socket: Socket) => Promise<void> | void): Promise<string> {
    const socket = connect(this.address);
    this.#open.add(socket);
    socket.setTimeout(this.patienceMs, () => socket.destroy(new Error('no answer in time')));
    let failure: unknown = null;
    socket.on('error', (error) => (failure = error));
    let answer = '';
    // clamd may answer and hang up before it has read everything: what it said counts, not that writing broke off.
    socket.on('data', (data: Buffer) => {
      answer += data.toString('utf8');
      if (answer.length > LONGEST_ANSWER) socket.destroy();
    });
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    try {
      const asked = Promise.resolve(once(socket, 'connect')).then(() => question(socket));
      await Promise.race([closed, asked.catch((error: unknown) => (failure ??= error))]);
      await closed;
    } finally {
      socket.destroy();
      this.#open.delete(socket);
    }
    if (!answer.endsWith('\0')) throw new ClamdAway({ cause: failure });
    return answer.slice(0, -1);
  }
}

async function send(socket: Socket, content: Buffer): Promise<void> {
  socket.write('zINSTREAM\0');
  for (let from = 0; from < content.length && !socket.destroyed; from += CHUNK_BYTES) {
    const chunk = content.subarray(from, from + CHUNK_BYTES);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  }
  socket.write(Buffer.alloc(4));
}
