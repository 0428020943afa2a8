import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DomainError } from '@app/kernel';
import { errorOf, type TaskFailure } from './task-failure';
import { TASKS, type TaskName, type Tasks } from './tasks';

/** One file made to harm, or one very long one, must not take the service with it. */
const LONGEST_MS = 180_000;
const MEMORY_MB = 1024;
/** Two cores: one for files, one for everybody else. */
const MOST_WAITING = 20;

export class DocumentWorkBusy extends DomainError {
  readonly code = 'documents.busy';
  readonly kind = 'unavailable';
  constructor() {
    super('Many files are being worked on at the moment. Try again in a minute.');
  }
}

export class DocumentWorkTooLong extends DomainError {
  readonly code = 'documents.too-long';
  readonly kind = 'conflict';
  constructor() {
    super('This takes too long or too much memory. Choose fewer or smaller files.');
  }
}

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Runs work on files in a thread of its own, one at a time, so that nobody else waits for it. From the sources (tests)
 * there is no compiled file to start a thread from: then it runs here.
 * @throws what the task refuses, DocumentWorkBusy, DocumentWorkTooLong
 */
export async function runApart<K extends TaskName>(task: K, input: Tasks[K]['input']): Promise<Tasks[K]['output']> {
  if (__filename.endsWith('.ts')) return TASKS[task](input);
  if (waiting >= MOST_WAITING) throw new DocumentWorkBusy();
  waiting += 1;
  const turn = last.then(
    () => inThread(task, input),
    () => inThread(task, input),
  );
  last = turn;
  try {
    return await turn;
  } finally {
    waiting -= 1;
  }
}

function inThread<K extends TaskName>(task: K, input: Tasks[K]['input']): Promise<Tasks[K]['output']> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, 'document-worker.js'), {
      workerData: { task, input },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    const timer = setTimeout(() => end(() => reject(new DocumentWorkTooLong())), LONGEST_MS);
    worker.once('message', ({ output, failure }: { output?: Tasks[K]['output']; failure?: TaskFailure }) =>
      end(() => (failure ? reject(errorOf(failure)) : resolve(output as Tasks[K]['output']))),
    );
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new DocumentWorkTooLong() : error)),
    );
    worker.once('exit', () => end(() => reject(new DocumentWorkTooLong())));
  });
}
