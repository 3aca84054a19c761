import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../workspace/setup.mjs';

/** Path of a Python with exactly the packages of `requirements/<name>.txt`. */
export function pythonWith(name) {
  return pythonOf(join(root, 'tools/outside/requirements', `${name}.txt`), join(root, 'tmp/outside', name));
}

/**
 * Path of a Python with exactly the packages of a requirements file, in a virtual environment of its own in `folder`; made again
 * only where that file changed. The file lists every package, so nothing else is resolved or installed.
 */
export function pythonOf(requirements, folder) {
  const stampFile = join(folder, '.requirements');
  const stamp = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const python = join(folder, 'bin/python');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return python;
  console.log(`Installing ${relative(root, requirements)} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', folder]);
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile'];
  run(python, ['-m', 'pip', 'install', ...options, '-r', requirements]);
  writeFileSync(stampFile, stamp);
  return python;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error !== undefined) throw new Error(`${command} cannot be started: Python 3.11 or later with venv is needed.`);
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed; its message is above.`);
}
