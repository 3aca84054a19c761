import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pinArguments } from '../cores.ts';
import type { LoadResult } from '../load/closed-loop.ts';
import { packageVersion } from '../package-version.ts';
import { batchLimit, limit } from './contender-names.ts';
import type { Contender, ContenderKind } from './contender.ts';
import { stopTree } from './start-contender.ts';

const install = async (): Promise<string> => `onnxruntime-node ${await packageVersion('onnxruntime-node')}`;

/** The model itself: its session in a loop on prepared tensors, one run after the other, without a server. */
export const rawSession: ContenderKind = {
  name: limit,
  title: 'the limit: onnxruntime-node alone, a loop over prepared tensors; nothing decoded, nobody answered',
  supports: () => true,
  install,
  start: ({ workload }) => startLoop(workload.name),
};

/** The same on batches, where a model gains by them. */
export const rawSessionBatched: ContenderKind = {
  name: batchLimit,
  title: 'the limit of batching: the same loop on as many rows at once as answer the most a second; an answer is a row',
  supports: ({ gainsByBatches }) => gainsByBatches === true,
  install,
  start: ({ workload }) => startLoop(workload.name, 'batched'),
};

async function startLoop(...words: readonly string[]): Promise<Contender> {
  const entry = join(import.meta.dirname, 'raw-session-process.ts');
  const [file = '', ...args] = pinArguments(
    'server',
    process.execPath,
    '--conditions=@web-single/source',
    entry,
    ...words,
  );
  const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const said = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (said[0] !== 'ready') throw new Error('It ended before it was ready; its words are above.');
  return {
    pid: child.pid!,
    readyMs: NaN,
    choices: () => [],
    async runAlone(durationMs) {
      child.send(durationMs);
      const [result] = (await once(child, 'message')) as [LoadResult];
      return result;
    },
    stop: () => stopTree(child),
  };
}
