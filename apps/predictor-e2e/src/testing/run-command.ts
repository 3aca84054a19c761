import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { workspaceRoot } from './predictor-process.ts';

const bundle = join(workspaceRoot, 'apps/predictor/dist/cli.js');

export interface CommandOptions {
  /** Written to its standard input, which then ends. */
  readonly stdin?: string | Iterable<string>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of Node itself. */
  readonly nodeOptions?: readonly string[];
  /** In a process group of its own, as a terminal would have it. */
  readonly detached?: boolean;
}

export interface CommandResult {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line, in the workspace's folder, with its standard input a pipe. */
export function startCommand(
  args: readonly string[],
  { environment = {}, nodeOptions = [], detached = false }: CommandOptions = {},
): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, bundle, ...args], {
    cwd: workspaceRoot,
    detached,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the built command line until it ends. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const child = startCommand(args, options);
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  child.stdin?.on('error', () => undefined);
  const ended = once(child, 'close');
  for (const text of typeof options.stdin === 'string' ? [options.stdin] : (options.stdin ?? [])) {
    if (child.stdin?.write(text) === false) await Promise.race([once(child.stdin, 'drain'), ended]);
  }
  child.stdin?.end();
  const [code, signal] = (await ended) as [number | null, string | null];
  return { code: code ?? signal ?? -1, ...output };
}
