import { join } from 'node:path';
import { plain } from '../dialects/plain.ts';
import { packageVersion } from '../package-version.ts';
import { floor } from './contender-names.ts';
import type { ContenderKind } from './contender.ts';
import { startContender } from './start-contender.ts';
import { HttpLanes } from '../load/http-lanes.ts';

/** The floor of any JSON server in this language: Fastify reads a body and answers with JSON. No model, no checks, no log. */
export const fastifyFloor: ContenderKind = {
  name: floor,
  title: 'the floor of HTTP: bare Fastify that parses the body and prints an answer of the right size; no model',
  supports: plain.supports,
  install: async () => `fastify ${await packageVersion('fastify')}`,
  start({ workload, cases }, port) {
    // It always answers as if the first case had been asked: that one is all it is asked.
    const lanes = new HttpLanes(port, plain, workload, cases.slice(0, 1));
    const entry = join(import.meta.dirname, 'fastify-floor-process.ts');
    const answer = JSON.stringify({ predictions: cases[0]!.outputs });
    const command = [process.execPath, entry, String(port), answer];
    return startContender({ command }, (count) => lanes.open(count));
  },
};
