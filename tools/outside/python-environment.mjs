import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../workspace/setup.mjs';

const UV_VERSION = '0.13.9';

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
  makeEnvironment(folder, ['--no-deps', '-r', requirements]);
  writeFileSync(stampFile, stamp);
  return python;
}

/** A new virtual environment in `folder`, with what uv's `pip install` takes as arguments. */
export function makeEnvironment(folder, packages) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', '--without-pip', folder]);
  run(uv(), ['pip', 'install', '--quiet', '--python', join(folder, 'bin/python'), ...packages], indexOfPip());
}

/** Path of the installer, in a virtual environment of its own: pip takes 20 times as long for the same wheels. */
function uv() {
  const folder = join(root, `tmp/outside/uv-${UV_VERSION}`);
  const program = join(folder, 'bin/uv');
  if (existsSync(program)) return program;
  rmSync(folder, { recursive: true, force: true });
  // Others may be at it beside this process: who comes second finds it there.
  const own = `${folder}.${process.pid}`;
  run('python3', ['-m', 'venv', own]);
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile'];
  run(join(own, 'bin/python'), ['-m', 'pip', 'install', ...options, `uv==${UV_VERSION}`]);
  try {
    renameSync(own, folder);
  } catch (error) {
    if (!existsSync(program)) throw error;
    rmSync(own, { recursive: true });
  }
  return program;
}

/** uv reads none of pip's configuration: an index that the machine gives pip is handed on. */
function indexOfPip() {
  const { stdout, status } = spawnSync('python3', ['-m', 'pip', 'config', 'get', 'global.index-url'], {
    encoding: 'utf8',
  });
  const index = process.env.PIP_INDEX_URL ?? (status === 0 ? stdout.trim() : undefined);
  return { UV_SYSTEM_CERTS: 'true', ...(index === undefined ? {} : { UV_DEFAULT_INDEX: index }) };
}

function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (error !== undefined) throw new Error(`${command} cannot be started: Python 3.11 or later with venv is needed.`);
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed; its message is above.`);
}
