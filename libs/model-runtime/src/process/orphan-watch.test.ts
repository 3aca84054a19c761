import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { it, vi } from 'vitest';

const front = fileURLToPath(new URL('../testing/front-that-hangs.ts', import.meta.url));

/** A process that has ended but was not waited for is a zombie: gone, for all that matters. */
const isAlive = async (pid: string): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) [ZX]/.test(stat);
};

/** It has used the processor for a second: it is in its loop. */
const isRunning = async (pid: string): Promise<boolean> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) > 100;
};

it.each(['load', 'run'])('ends an engine process in an endless %s when its front is killed', async (moment) => {
  const child = spawn(process.execPath, ['--conditions=@web-single/source', front, moment], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = String(output).trim();
  await vi.waitUntil(() => isRunning(pid), { timeout: 60_000 });

  child.kill('SIGKILL');

  await vi.waitUntil(async () => !(await isAlive(pid)), { timeout: 60_000 });
});
