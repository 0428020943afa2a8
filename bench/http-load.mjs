// A client small enough not to be what is measured: raw sockets, one request at a time on each connection.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/** Sends one request on a kept-alive connection and answers `{status, body}`. */
export class HttpConnection {
  #socket;
  #buffer = Buffer.alloc(0);
  #waiting = null;

  constructor(port) {
    this.port = port;
  }

  async open() {
    this.#socket = connect(this.port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('connection closed')));
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    await new Promise((resolve, reject) => this.#socket.once('connect', resolve).once('error', reject));
    return this;
  }

  request(text) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(text);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #read(chunk) {
    this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#buffer.length < end + 4 + length) return;
    const body = this.#buffer.subarray(end + 4, end + 4 + length);
    this.#buffer = this.#buffer.subarray(end + 4 + length);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}

/** The text of one `POST /api/v1/correspondence` with an invented letter of about 700 characters. */
export function correspondenceRequest(token, n, office = 'west-mercia') {
  const body = JSON.stringify({
    channel: 'email',
    office,
    subject: `Speeding on the road through Mockton, letter ${n}`,
    body: `Dear Commissioner,\n\n${LETTER}\n\nLetter ${n}.\n\nYours faithfully,\nTest Person ${n % 500}`,
    correspondent: { name: `Test Person ${n % 500}`, email: `person-${n % 500}@mail.example`, postcode: 'SY7 9ZZ' },
  });
  return `POST /api/v1/correspondence HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export const LETTER =
  'I have written before about the traffic that comes through our village every morning and every evening. The limit is thirty, and hardly anybody keeps to it. Last week a lorry took the wing mirror off the car of my neighbour, and the school crossing has had no patrol since the summer. We would be glad of a speed check, or of one of the signs that light up, and to hear when the neighbourhood team will next be at the village hall so that we can talk to somebody. Many of us would come. I should be grateful for a reply by letter or by mail, whichever is easier for your office.';

/** Runs `clients` connections for `seconds`; each sends the next request as soon as it has its answer. */
export async function closedLoop({ port, clients, seconds, request }) {
  const connections = await Promise.all(Array.from({ length: clients }, () => new HttpConnection(port).open()));
  let done = 0;
  let refused = 0;
  let n = 0;
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < until) {
        const { status } = await connection.request(request(n++));
        if (status === 201) done += 1;
        else refused += 1;
      }
    }),
  );
  const elapsed = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return { perSecond: done / elapsed, done, refused };
}
