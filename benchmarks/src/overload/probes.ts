import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pinArguments } from '../cores.ts';

export interface ProbeTimes {
  /** By path, ms each. */
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly failed: number;
}

/** Watches the server's probes from a process of its own, as a platform does, until the returned function ends it. */
export function watchProbes(port: number): () => Promise<ProbeTimes> {
  const entry = join(import.meta.dirname, 'probe-process.ts');
  const [file = '', ...args] = pinArguments('generator', process.execPath, entry, String(port));
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const output = text(child.stdout);
  return async () => {
    child.stdin.end();
    return JSON.parse(await output) as ProbeTimes;
  };
}
