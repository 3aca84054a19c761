/**
 * Compiles each file of libs/preprocessing/assembly, with those it imports from the folder of its name, to the bytes that the lib
 * carries. The compiler is fetched, and nothing is done where the bytes are of this source and compiler already: it is 100 MB that
 * nobody else needs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './setup.mjs';

const COMPILER = 'assemblyscript@0.28.20';
const OPTIONS = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--importMemory'];
/** By source in libs/preprocessing/assembly: the folder of libs/preprocessing/src where `<name>-kernel-bytes.ts` lies. */
const FOLDERS = { jpeg: 'jpeg', resampling: 'image', pixels: 'image', unfilter: 'png' };

const compiler = [COMPILER, ...OPTIONS].join(' ');

for (const [name, folder] of Object.entries(FOLDERS)) {
  const source = join(root, `libs/preprocessing/assembly/${name}.ts`);
  const target = join(root, `libs/preprocessing/src/${folder}/${name}-kernel-bytes.ts`);
  const sha256 = hashed([source, ...filesIn(join(root, `libs/preprocessing/assembly/${name}`))]);
  const head = `// Generated from assembly/${name}.ts (sha256 ${sha256}) by ${compiler}: do not edit.\n`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(head)) {
    console.log(`${basename(target)}: of this source and compiler already`);
  } else {
    writeFileSync(target, `${head}export const ${name}KernelBase64 =\n  '${compiled(source).toString('base64')}';\n`);
  }
}

/** In the order of their names. */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort();
  return names.map((name) => join(folder, name));
}

function hashed(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function compiled(source) {
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
