import { parentPort, workerData } from 'node:worker_threads';
import { failureOf } from './task-failure';
import { TASKS, type TaskName } from './tasks';

/** The thread that one task runs in: it answers once and ends. */
async function work(): Promise<void> {
  const { task, input } = workerData as { task: TaskName; input: never };
  try {
    parentPort?.postMessage({ output: await TASKS[task](input) });
  } catch (error) {
    parentPort?.postMessage({ failure: failureOf(error) });
  }
}

void work();
