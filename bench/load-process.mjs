// Runs one load in a process of its own, so that the measuring never shares a thread with the measured.
import { closedLoop, correspondenceRequest } from './http-load.mjs';
import { runFloor } from './floor.mjs';
import { openLoopLatency } from './latency.mjs';
import { smtpClosedLoop } from './smtp-load.mjs';

const loads = {
  api: ({ tokens, ...options }) =>
    closedLoop({ ...options, request: (n) => correspondenceRequest(tokens[n % tokens.length], n) }),
  smtp: smtpClosedLoop,
  floor: runFloor,
  latency: openLoopLatency,
};

process.on('message', async ({ kind, options }) => {
  try {
    process.send({ result: await loads[kind](options) });
  } catch (error) {
    process.send({ error: error.stack });
  }
  process.disconnect();
});
