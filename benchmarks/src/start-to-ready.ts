import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { choicesIn } from './choices-in.ts';
import { predictorCommand, startServer, workspaceRoot } from './server-process.ts';
import type { ServerCommand } from './server-process.ts';

/** Times in ms of several starts, taken in turn. */
export interface StartTimes {
  /** A Node process that does nothing: what this machine takes for a process today. */
  readonly bareNodeMs: readonly number[];
  /** The built server with both demo models, until it says that it is ready. */
  readonly serverMs: readonly number[];
  /** `npm start`, set up before: npm, the check for what is stale, and the server. */
  readonly npmStartMs: readonly number[];
  /** What each start chose for each model, in its own words. */
  readonly choices: readonly string[];
}

const [penguinsFolder, digitsFolder] = ['models/penguins', 'models/digits'].map((path) =>
  join(workspaceRoot, path),
) as [string, string];

const npmStart: ServerCommand = {
  command: [process.execPath, join(workspaceRoot, 'tools/workspace/start.mjs')],
  environment: { PORT: '0', GRPC_PORT: '0' },
};

/** Starts each of them `count` times, one after the other, and stops it again. */
export async function measureStarts(count: number): Promise<StartTimes> {
  const times = { bareNodeMs: [] as number[], serverMs: [] as number[], npmStartMs: [] as number[] };
  const choices: string[] = [];
  for (let round = 0; round < count; round++) {
    times.bareNodeMs.push(timeBareNode());
    const server = await startServer(predictorCommand(penguinsFolder, digitsFolder));
    await server.stop();
    times.serverMs.push(server.readyMs);
    choices.push(...choicesIn(server.banner));
    const started = await startServer(npmStart);
    await started.stop();
    times.npmStartMs.push(started.readyMs);
    choices.push(...choicesIn(started.banner));
  }
  return { ...times, choices };
}

function timeBareNode(): number {
  const startMs = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - startMs;
}
