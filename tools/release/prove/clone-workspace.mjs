import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { cloneCheckout } from '../../workspace/clone-checkout.mjs';
import { gitIn } from '../changed-projects.mjs';
import { releasedProjects } from '../released-projects.mjs';

/** A clone to release from: this checkout's changes committed, every project tagged at its version, what is built here. */
export function cloneWorkspace(root, clone) {
  cloneCheckout(root, clone);
  const git = gitIn(clone);
  git('config', 'user.name', 'release proof');
  git('config', 'user.email', 'proof@example.org');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'chore: as it is now');
  for (const { name, folder, manifest } of releasedProjects(clone)) {
    git('tag', `${name}@${manifest.version}`);
    const dist = join(root, folder, 'dist');
    if (existsSync(dist)) cpSync(dist, join(clone, folder, 'dist'), { recursive: true, preserveTimestamps: true });
  }
  return git;
}
