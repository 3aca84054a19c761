/**
 * Makes base images where none can be pulled, from Node's npm package and Debian's packages, into podman's storage:
 * `node tools/image/make-stand-ins.mjs`. Prints how to build on them. Needs podman, and apt-get of Debian 12.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../workspace/setup.mjs';
import { pinnedNode } from './prove/pinned-node.mjs';

const arch = process.arch === 'x64' ? 'amd64' : process.arch;
const { version, integrity } = pinnedNode(root);
const folder = mkdtempSync(join(tmpdir(), 'web-single-bases-'));
const script = join(root, 'tools/image/prove/stand-in-bases.sh');
const { status, error } = spawnSync(script, [folder, arch, version, integrity[arch]], { stdio: 'inherit' });
rmSync(folder, { recursive: true, force: true });
if (status === 0) {
  const bases = `--node-image localhost/stand-in/build:24 --runtime-image localhost/stand-in/runtime:24-${arch}`;
  console.log(`npx nx run predictor:image -- --engine podman ${bases}`);
} else {
  console.error(`The stand-ins could not be made: ${error?.message ?? 'the reason is above'}.`);
  process.exitCode = 1;
}
