/**
 * Compiles libs/preprocessing/assembly/resampling.ts to the bytes that the lib carries. The compiler is fetched, and nothing is
 * done where the bytes are of this source and compiler already: it is 100 MB that nobody else needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './setup.mjs';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--importMemory'];

const source = join(root, 'libs/preprocessing/assembly/resampling.ts');
const target = join(root, 'libs/preprocessing/src/image/resampling-kernel-bytes.ts');
const compiler = [COMPILER, ...OPTIONS].join(' ');
const sha256 = createHash('sha256').update(readFileSync(source)).digest('hex');
const head = `// Generated from assembly/resampling.ts (sha256 ${sha256}) by ${compiler}: do not edit.\n`;

if (existsSync(target) && readFileSync(target, 'utf8').startsWith(head)) {
  console.log('resampling-kernel-bytes.ts: of this source and compiler already');
} else {
  writeFileSync(target, `${head}export const resamplingKernelBase64 =\n  '${compiled().toString('base64')}';\n`);
}

function compiled() {
  const folder = mkdtempSync(join(tmpdir(), 'web-single-kernel-'));
  try {
    const out = join(folder, 'kernel.wasm');
    const args = ['exec', '--yes', `--package=${COMPILER}`, '--', 'asc', source, ...OPTIONS, '--outFile', out];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' });
    if (status !== 0) throw new Error('The kernel was not compiled; the message is above.');
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
