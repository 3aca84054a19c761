import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const front = fileURLToPath(new URL('../testing/front-that-hangs.ts', import.meta.url));

/** A process that has ended but was not waited for is a zombie: gone, for all that matters. */
const isAlive = async (pid: string): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z');
  return !/\) [ZX]/.test(stat);
};

it('ends an engine process in an endless run when its front is killed', async () => {
  const child = spawn(process.execPath, ['--conditions=@web-single/source', front], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = String(output).trim();
  expect(await isAlive(pid)).toBe(true);

  child.kill('SIGKILL');

  await vi.waitUntil(async () => !(await isAlive(pid)), { timeout: 20_000 });
});
