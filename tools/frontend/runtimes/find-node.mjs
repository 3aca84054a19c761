import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { outcomeOf } from '../../image/prove/commands.mjs';
import { projectNode } from '../../workspace/setup.mjs';

/** An executable of a major version of Node: one that is here, else npm's package of it, fetched into the folder. */
export async function findNode(major, folder) {
  const here = [projectNode(), ...onPath()].find((path) => majorOf(path) === major);
  if (here !== undefined) return { path: here };
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const target = join(folder, `node-${major}`);
  const args = [
    'install',
    '--prefix',
    target,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${major}`,
  ];
  const { code, output } = await outcomeOf('npm', args, { timeoutMs: 300_000 });
  const path = join(target, 'node_modules', name, 'bin/node');
  if (code === 0 && majorOf(path) === major) return { path };
  const [reason = `npm ended with ${code}`] = output.stderr.split('\n').filter((line) => line !== '');
  return { reason: `npm has no ${name}@${major} to give: ${reason}` };
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules'));
  return [...folders.map((path) => join(path, 'node'))].filter((path) => existsSync(path));
}

function majorOf(path) {
  try {
    return Number(/^v(\d+)/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' }))?.[1]);
  } catch {
    return undefined;
  }
}
