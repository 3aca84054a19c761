import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Node as the lockfile pins it: version, and the digest of its package per architecture of an image. */
export function pinnedNode(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const [x64, arm64] = ['x64', 'arm64'].map((arch) => packages[`node_modules/node-linux-${arch}`]);
  return { version: x64.version, integrity: { amd64: x64.integrity, arm64: arm64.integrity } };
}
