import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { choicesIn } from '../choices-in.ts';
import { pinArguments } from '../cores.ts';
import type { Lane } from '../load/lane.ts';
import { processTree } from '../process-tree-cpu.ts';
import { signalOne, thaw } from '../process-group.ts';
import { workspaceRoot } from '../server-process.ts';
import type { ServerCommand } from '../server-process.ts';
import type { Contender } from './contender.ts';

const startTimeoutMs = 60_000;
const retryMs = 20;
const stopTimeoutMs = 5_000;
const keptOutput = 2_000;

/** Starts a server on the contenders' core and asks until its first right answer. Throws its last words where there is none. */
export async function startContender(
  { command, environment }: ServerCommand,
  openLanes: (count: number) => Promise<readonly Lane[]>,
): Promise<Contender> {
  const [file = '', ...args] = pinArguments('server', ...command);
  const startMs = performance.now();
  const child = spawn(file, args, {
    cwd: workspaceRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => void (output = `${output}${chunk.toString()}`.slice(-keptOutput));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  try {
    await untilAnswered(child, openLanes, startMs + startTimeoutMs);
  } catch (error) {
    await stopTree(child);
    const lastWords = output.trim().split('\n').at(-1) || 'none';
    throw new Error(`${(error as Error).message}; its last words: ${lastWords}`, { cause: error });
  }
  const readyMs = performance.now() - startMs;
  return { pid: child.pid!, readyMs, choices: () => choicesIn(output), openLanes, stop: () => stopTree(child) };
}

async function untilAnswered(
  child: ChildProcess,
  openLanes: (count: number) => Promise<readonly Lane[]>,
  endMs: number,
): Promise<void> {
  let failure: unknown;
  let hasFailed = false;
  child.once('error', (error) => ((failure = error), (hasFailed = true)));
  while (performance.now() < endMs) {
    if (hasFailed || child.exitCode !== null || child.signalCode !== null)
      throw new Error('It ended before it was ready');
    try {
      if (await ask(openLanes)) return;
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
  throw new Error(`No right answer within ${startTimeoutMs / 1_000} s: ${String(failure)}`);
}

async function ask(openLanes: (count: number) => Promise<readonly Lane[]>): Promise<boolean> {
  const [lane] = await openLanes(1);
  try {
    return await lane!.send();
  } finally {
    lane!.close();
  }
}

/** SIGTERM to the root, and SIGKILL to all that are left of its tree after a while. */
export async function stopTree(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const tree = processTree(child.pid);
  const ended = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, 'exit');
  thaw(child.pid);
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
  for (const pid of tree) signalOne(pid, 'SIGKILL');
}
