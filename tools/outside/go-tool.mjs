import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workspace/setup.mjs';

/** Path of a program that `go install` builds, in a folder of its own under tmp/; built again only for another version. */
export function goTool({ module, version }) {
  const name = module.split('/').at(-1);
  const folder = join(root, `tmp/outside/${name}-${version}`);
  const program = join(folder, name);
  if (existsSync(program)) return program;
  console.log(`Building ${module}@v${version} …`);
  const { status, error } = spawnSync('go', ['install', `${module}@v${version}`], {
    stdio: 'inherit',
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
  });
  if (error !== undefined) throw new Error(`go is not installed: it builds ${name}.`);
  if (status !== 0) throw new Error(`go install ${module}@v${version} failed; its message is above.`);
  return program;
}
