import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface LaunchOptions {
  /** The module an engine process runs. Default: `engine-process` beside this lib's files; a bundled app passes its own. */
  readonly engineEntry?: string | URL;
  /** Arguments of the Node executable itself. Default: what running this lib's sources needs, nothing for a build. */
  readonly execArgv?: readonly string[];
}

const runsFromSources = import.meta.url.endsWith('.ts');
const defaultEntry = new URL(runsFromSources ? '../engine-process.ts' : '../engine-process.js', import.meta.url);
const defaultExecArgv = runsFromSources ? ['--conditions=@web-single/source'] : [];

/** All of our environment that an engine gets: no secret of the front reaches a process that runs foreign graphs. */
const passedOn = [
  'LANG',
  'LD_LIBRARY_PATH',
  'NODE_COMPILE_CACHE',
  'NODE_PATH',
  'PATH',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
];

/**
 * MB of a third of V8's nursery, as the front's. Left to itself that grew to 90 MB in a quarter of an hour of twenty pictures a second, and an
 * answer cost as much (docs/decisions/2026-11-26-memory-and-start.md).
 */
const NURSERY = '--max-semi-space-size=8';

/** Starts an engine process with nothing but a socket pair on descriptor 3; `cwd` must be empty. */
export const spawnChild = (
  { engineEntry = defaultEntry, execArgv = defaultExecArgv }: LaunchOptions,
  cwd: string,
): ChildProcess => {
  const entry =
    engineEntry instanceof URL || engineEntry.startsWith('file:') ? fileURLToPath(engineEntry) : engineEntry;
  const child = spawn(process.execPath, [NURSERY, ...execArgv, entry], {
    cwd,
    env: { ...environment(), ORT_DISABLE_TELEMETRY: '1', MALLOC_ARENA_MAX: '1' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (child.pid !== undefined) {
    sacrificeFirst(child.pid);
    yieldToFront(child.pid);
  }
  return child;
};

/**
 * By how much an engine is nicer than the front. Where both want one core, an engine takes all it can get, and the front, which
 * refuses what is too much and answers health, would wait for its half of the core. At 5 the engine keeps about a quarter.
 */
const NICENESS = 5;
const MOST_NICENESS = 19;

const yieldToFront = (pid: number): void => {
  try {
    setPriority(pid, Math.min(MOST_NICENESS, getPriority() + NICENESS));
  } catch {
    // It has ended already, or may not be changed: it serves all the same.
  }
};

/** Where memory runs out, Linux ends this process rather than the front, which starts it again (proc_pid_oom_score_adj(5)). */
const sacrificeFirst = (pid: number): void => {
  if (process.platform === 'linux') void writeFile(`/proc/${pid}/oom_score_adj`, '500').catch(() => undefined);
};

const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
