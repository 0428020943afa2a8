import { parentPort, workerData } from 'node:worker_threads';
import { MailUnreadable } from './mail-unreadable';
import { type MailWorkerAnswer, type MailWorkerRequest } from './mail-worker-messages';
import { parseMail } from './parse-mail';
import { type MailLimits } from './parsed-mail';

const { limits } = workerData as { limits: MailLimits };
const port = parentPort;
if (port === null) throw new Error('mail-parser.worker is to be started as a worker thread.');

port.on('message', (request: MailWorkerRequest) => void answer(request));
port.postMessage({ type: 'ready' } satisfies MailWorkerAnswer);

async function answer({ raw }: MailWorkerRequest): Promise<void> {
  try {
    const mail = await parseMail(raw, limits);
    const buffers = new Set(mail.attachments.map((file) => file.content.buffer as ArrayBuffer));
    port?.postMessage({ type: 'parsed', mail } satisfies MailWorkerAnswer, [...buffers]);
  } catch (error) {
    if (!(error instanceof MailUnreadable)) throw error;
    port?.postMessage({ type: 'unreadable', reason: error.reason } satisfies MailWorkerAnswer);
  }
}
