import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const OURS = '@web-single';

/**
 * A clone of a checkout with its files as they are now, also those not committed yet. What is installed is linked, one link a
 * package; the workspace's own links lead into the clone.
 */
export function cloneCheckout(root, clone) {
  git('clone', '--quiet', '--no-tags', root, clone);
  const changed = git('-C', root, 'ls-files', '--modified', '--others', '--exclude-standard').split('\n');
  for (const path of changed.filter((name) => name !== '' && existsSync(join(root, name))))
    cpSync(join(root, path), join(clone, path));
  const deleted = git('-C', root, 'ls-files', '--deleted').split('\n').filter(Boolean);
  if (deleted.length > 0) git('-C', clone, 'rm', '--quiet', '--ignore-unmatch', ...deleted);
  linkModules(join(root, 'node_modules'), join(clone, 'node_modules'));
}

function linkModules(installed, target) {
  mkdirSync(target);
  for (const name of readdirSync(installed).filter((entry) => entry !== OURS))
    symlinkSync(join(installed, name), join(target, name));
  cpSync(join(installed, OURS), join(target, OURS), { recursive: true, verbatimSymlinks: true });
}

function git(...args) {
  const { status, stdout, stderr } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`git ${args.join(' ')}\n${stderr}`);
  return stdout;
}
