/**
 * Proves that the options of @web-single/sdk/react fit TanStack Query in other frameworks: installs the packed SDK and the
 * adapters outside the workspace and compiles a program against them, declarations checked too. Needs `nx package sdk`.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeOf, run } from '../image/prove/commands.mjs';
import { root } from '../workspace/setup.mjs';

const ADAPTERS = ['@tanstack/vue-query@5.104.0', 'vue@3.5.45', '@tanstack/solid-query@5.104.5', 'solid-js@1.9.19'];
const COMPILER_OPTIONS = {
  strict: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'dom'],
  types: [],
  jsx: 'preserve',
  noEmit: true,
};
const folder = mkdtempSync(join(tmpdir(), 'sdk-adapters-'));

try {
  cpSync(join(dirname(fileURLToPath(import.meta.url)), 'adapters'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "application", "private": true, "type": "module" }\n');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ['fit.ts'] }),
  );
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: join(root, 'tmp/packages/sdk'),
  });
  const [{ filename }] = JSON.parse(packed);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await run('npm', ['install', ...quiet, `./${filename}`, ...ADAPTERS], { cwd: folder });
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await outcomeOf(process.execPath, [compiler, '-p', folder], { cwd: folder });
  console.log(code === 0 ? 'adapters: Vue and Solid fit' : `adapters: ${output.stdout}`);
  process.exitCode = code === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
