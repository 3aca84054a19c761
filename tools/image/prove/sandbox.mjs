import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../workspace/setup.mjs';
import { outcomeOf, run } from './commands.mjs';
import { pinnedNode } from './pinned-node.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * A container storage of its own under one fresh folder, so that a failed build poisons no other; buildah, podman and runc find
 * it by the environment. `close` removes containers, namespaces and the folder.
 */
export async function openSandbox() {
  const folder = mkdtempSync(join(process.env.IMAGE_PROOF_FOLDER ?? tmpdir(), 'web-single-image-'));
  const path = (name) => join(folder, name);
  writeFileSync(path('storage.conf'), storageConf(folder));
  writeFileSync(path('containers.conf'), containersConf(folder));
  // Where memory runs out conmon leaves a file in its working directory.
  process.chdir(folder);
  process.env.CONTAINERS_CONF = path('containers.conf');
  process.env.CONTAINERS_STORAGE_CONF = path('storage.conf');
  const namespaces = new Set();
  return {
    folder,
    path,
    namespaces,
    /** Stand-ins for the public base images, which cannot be pulled everywhere. */
    makeBases(arch) {
      const { version, integrity } = pinnedNode(root);
      return run(join(here, 'stand-in-bases.sh'), [path('bases'), arch, version, integrity[arch]]);
    },
    async close() {
      await outcomeOf('podman', ['rm', '--all', '--force', '--time', '0']);
      for (const name of namespaces) await outcomeOf('ip', ['netns', 'del', name]);
      await outcomeOf('buildah', ['rm', '--all']);
      await outcomeOf('podman', ['system', 'reset', '--force']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const storageConf = (folder) => `[storage]
driver = "overlay"
runroot = "${folder}/run"
graphroot = "${folder}/store"
`;

/**
 * Limits below the hard ones and runc: without them no container starts where no process may raise a limit. State and locks of its
 * own: another sandbox that closes would take the common ones away.
 */
const containersConf = (folder) => `[containers]
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "${folder}/libpod"
lock_type = "file"
`;
