import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../image/prove/commands.mjs';
import { projectEnvironment } from '../workspace/setup.mjs';

/** Fetches a package's tarball with npm into a folder; throws where it is not the one of that digest. Returns its path. */
export async function fetchPackage(name, integrity, folder) {
  mkdirSync(folder, { recursive: true });
  const file = await run('npm', ['pack', '--silent', '--prefer-offline', name], {
    cwd: folder,
    env: projectEnvironment(),
  });
  const tarball = join(folder, file);
  const digest = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
  if (digest !== integrity) throw new Error(`${name}: expected ${integrity}, got ${digest}.`);
  return tarball;
}
