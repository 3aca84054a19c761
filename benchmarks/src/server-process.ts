import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinArguments } from './cores.ts';

export const workspaceRoot = join(import.meta.dirname, '../..');

export interface ServerCommand {
  readonly command: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

const cli = join(workspaceRoot, 'apps/predictor/dist/cli.js');

const { environment: ofImage } = JSON.parse(
  readFileSync(join(workspaceRoot, 'deploy/image-contract.json'), 'utf8'),
) as { readonly environment: Readonly<Record<string, string>> };

/** The image's command and what of its environment decides about memory; settings have their defaults. */
export const imageCommand: readonly string[] = [process.execPath, cli, 'serve'];
export const imageEnvironment: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  MALLOC_ARENA_MAX: ofImage['MALLOC_ARENA_MAX'],
  MALLOC_TRIM_THRESHOLD_: ofImage['MALLOC_TRIM_THRESHOLD_'],
  NODE_OPTIONS: ofImage['NODE_OPTIONS'],
};

/** The built server, as the image runs it, on a free port, serving these packages. */
export function predictorCommand(...packageFolders: string[]): ServerCommand {
  const command = [...imageCommand, '--port', '0', ...packageFolders];
  return { command, environment: { ...imageEnvironment, GRPC_PORT: '0' } };
}

/** A server in a process of its own; ready. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** From its spawn to its line that says so. */
  readonly readyMs: number;
  /** What it wrote to stderr until it was ready. */
  readonly banner: string;
  /** SIGTERM, then waits for its end. */
  stop(): Promise<void>;
}

const readyPattern = /ready at http:\/\/127\.0\.0\.1:(\d+)/;

/** Starts a server and waits for its line "ready at http://…" on stderr. Its request log goes nowhere, but is written. */
export async function startServer({ command, environment }: ServerCommand): Promise<ServerProcess> {
  const [file = '', ...args] = command;
  const startMs = performance.now();
  const child = spawn(file, args, {
    cwd: workspaceRoot,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { port, banner } = await untilReady(child);
  return {
    pid: child.pid ?? 0,
    port,
    readyMs: performance.now() - startMs,
    banner,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The same, on the servers' core. */
export function startPinnedServer({ command, environment }: ServerCommand): Promise<ServerProcess> {
  return startServer({ command: pinArguments('server', ...command), ...(environment && { environment }) });
}

function untilReady(child: ChildProcess): Promise<{ port: number; banner: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = readyPattern.exec(text)?.[1];
      if (port !== undefined) resolve({ port: Number(port), banner: text });
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`A server ended before it was ready:\n${text}`)));
  });
}
