import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

export const workspaceRoot = resolve(import.meta.dirname, '../../../..');
const bundle = join(workspaceRoot, 'apps/predictor/dist/cli.js');
const START_TIMEOUT_MS = 90_000;

/** The demo packages: what else lies in models/ has a test of its own. */
export const demoModels: readonly string[] = ['digits', 'penguins'].map((name) => join(workspaceRoot, 'models', name));

/** The built server as a child process, on a free port. Dispose it to end it. */
export interface PredictorProcess extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote so far. */
  readonly output: () => { stdout: string; stderr: string };
  /** The first `count` lines of its log that match, once they are written. */
  readonly logLines: (matches: (line: string) => boolean, count: number) => Promise<Record<string, unknown>[]>;
  /** Resolves with the exit code, or the signal's name. */
  readonly exited: Promise<number | string>;
}

/** Runs the built command line; resolves when it has ended. */
export async function runPredictor(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | string; stdout: string; stderr: string }> {
  const { exited, output } = launch(args, environment);
  const code = await exited;
  return { code, ...output() };
}

/** Starts `predictor serve PATHS` and waits until it says where it is; rejects with its output where it ends instead. */
export async function startPredictor(
  args: readonly string[] = demoModels,
  environment: Readonly<Record<string, string>> = {},
  announcement = /is ready at (\S+)/,
): Promise<PredictorProcess> {
  const { child, exited, output } = launch(['serve', ...args, '--port', '0'], environment);
  const url = await new Promise<string>((resolveUrl, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready in time:\n${output().stderr}`)), START_TIMEOUT_MS);
    child.stderr?.on('data', () => {
      const found = announcement.exec(output().stderr);
      if (found?.[1] !== undefined) resolveUrl(found[1]);
    });
    void exited.then((code) => reject(new Error(`Ended with ${code}:\n${output().stderr}`)));
    void exited.finally(() => clearTimeout(timer));
    timer.unref();
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  const logLines: PredictorProcess['logLines'] = async (matches, count) => {
    for (;;) {
      const lines = output()
        .stdout.split('\n')
        .filter((line) => line.endsWith('}') && matches(line));
      if (lines.length >= count) return lines.slice(0, count).map((line) => JSON.parse(line));
      await once(child.stdout as Readable, 'data');
    }
  };
  return { url, child, output, logLines, exited, [Symbol.asyncDispose]: stop };
}

function launch(args: readonly string[], environment: Readonly<Record<string, string>>) {
  if (!existsSync(bundle)) throw new Error('The predictor is not built: run "npm run setup".');
  const child = spawn(process.execPath, [bundle, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      GRPC_PORT: '0',
      DRAIN_DELAY_MS: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = new Promise<number | string>((resolveCode) => {
    child.on('close', (code, signal) => resolveCode(code ?? signal ?? -1));
  });
  return { child, exited, output: () => ({ stdout, stderr }) };
}

/** Process ids of the engines a server has started, from the kernel's own table. */
export async function enginePids(child: ChildProcess): Promise<number[]> {
  const pid = child.pid ?? 0;
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists
    .join(' ')
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(Number);
}
