import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('letHeapGrow sets a flag that V8 knows', () => {
  const file = new URL('let-heap-grow.ts', import.meta.url);
  const program = `import { letHeapGrow } from '${file.href}'; letHeapGrow();`;

  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  });

  // V8 only says what it does not know.
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
