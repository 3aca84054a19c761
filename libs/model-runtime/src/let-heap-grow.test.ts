import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('the flag that letHeapGrow sets is known to V8', () => {
  expect(spawnSync(process.execPath, ['--heap-growing-percent=200', '-e', '0']).status).toBe(0);
});
