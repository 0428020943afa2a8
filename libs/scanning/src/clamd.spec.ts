import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clamd, ClamdAway, ClamdFailed } from './clamd';
import { clamdAddress } from './clamd-address';

/** What a broken clamd might do, which the real one cannot be made to do. */
describe('Asking clamd', () => {
  let server: Server;
  let clamd: Clamd;
  let greet: (socket: Socket) => void;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      greet(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    clamd = new Clamd(clamdAddress(`tcp://127.0.0.1:${String((server.address() as AddressInfo).port)}`), 1500);
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const content = Buffer.alloc(5_000_000, 'lane');

  it('sends the content whole, in pieces with their length', async () => {
    const received: Buffer[] = [];
    greet = (socket) =>
      socket.on('data', (data) => {
        received.push(data);
        if (Buffer.concat(received).subarray(-4).equals(Buffer.alloc(4))) socket.end('stream: OK\0');
      });
    expect(await clamd.scan(content)).toEqual({ status: 'clean', finding: null });
    const sent = Buffer.concat(received);
    expect(sent.subarray(0, 10).toString()).toBe('zINSTREAM\0');
    const pieces: Buffer[] = [];
    for (let at = 10; sent.readUInt32BE(at) > 0; at += 4 + sent.readUInt32BE(at)) {
      pieces.push(sent.subarray(at + 4, at + 4 + sent.readUInt32BE(at)));
    }
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up at once', (socket) => socket.destroy()],
    ['hangs up in the middle of an answer', (socket) => socket.end('stream: O')],
    ['hangs up in the middle of the content', (socket) => socket.once('data', () => socket.destroy())],
    ['says nothing', (socket) => socket.resume()],
    ['never reads', (socket) => socket.pause()],
    ['never stops talking', (socket) => socket.write('x'.repeat(100_000))],
  ])('has no verdict from a scanner that %s', async (_, behaves) => {
    greet = (socket) => {
      socket.resume();
      behaves(socket);
    };
    await expect(clamd.scan(content)).rejects.toBeInstanceOf(ClamdAway);
  });

  it.each(['stream: OK ERROR', 'OK', '', 'stream: Can not open file ERROR', 'x stream: OK'])(
    'takes the answer “%s” for no verdict',
    async (answer) => {
      greet = (socket) => {
        socket.resume();
        socket.end(`${answer}\0`);
      };
      await expect(clamd.scan(Buffer.from('lane'))).rejects.toBeInstanceOf(ClamdFailed);
    },
  );

  it('breaks off when it is closed', async () => {
    greet = (socket) => {
      socket.resume();
      clamd.close();
    };
    await expect(clamd.scan(content)).rejects.toBeInstanceOf(ClamdAway);
  });

  it('reaches a scanner by a path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'postbag-clamd-'));
    const local = createServer((socket) => socket.end('PONG\0').resume());
    await new Promise<void>((resolve) => local.listen(join(folder, 'clamd.sock'), resolve));
    await new Clamd(clamdAddress(`unix://${folder}/clamd.sock`)).ping();
    await new Promise<void>((resolve) => local.close(() => resolve()));
    await expect(new Clamd(clamdAddress(`unix://${folder}/clamd.sock`)).ping()).rejects.toBeInstanceOf(ClamdAway);
    await rm(folder, { recursive: true });
  });
});
