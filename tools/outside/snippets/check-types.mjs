import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

const OPTIONS = {
  strict: true,
  noEmit: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2024', 'dom'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
};

/** What the compiler says of the TypeScript snippets, as a strict project would have them; empty where all is well. */
export function checkTypes(codes, bench) {
  codes.forEach((code, index) => writeFileSync(join(bench.folder, `call-${index}.mts`), code));
  writeFileSync(join(bench.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, include: ['*.mts'] }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync('node', [compiler, '-p', '.'], {
    cwd: bench.folder,
    env: bench.environment,
    encoding: 'utf8',
  });
  return status === 0 ? [] : stdout.trim().split('\n');
}
