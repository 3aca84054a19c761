import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.mjs';

/** Flags for a machine whose build containers can have neither a network nor a namespace of their own. */
const ENGINE_ARGS = ['--isolation=chroot', '--network=host', '--pull-never'];

/** Builds a checkout's image by its own `predictor:image`, on the stand-in bases. */
export async function buildImage(checkout, { tag, arch = 'amd64', args = [], engineArgs = [] }) {
  // Other stages may leave a file in the checkout for a moment: the label must not tell.
  const revision = await run('git', ['-C', checkout, 'rev-parse', 'HEAD']);
  return run(
    process.execPath,
    [
      ...['--conditions=@web-single/source', join(checkout, 'tools/image/build.mjs'), '--engine', 'buildah'],
      ...['--tag', tag, '--platform', `linux/${arch}`, '--revision', revision],
      ...['--node-image', 'localhost/stand-in/build:24', '--runtime-image', `localhost/stand-in/runtime:24-${arch}`],
      ...[...ENGINE_ARGS, ...engineArgs].map((flag) => `--engine-arg=${flag}`),
      ...args,
    ],
    { cwd: checkout },
  );
}

/** Two at once would both rewrite the layout's index. */
let lastExport = Promise.resolve();

/** Writes an image as an OCI layout, as a registry would get it. Returns its manifest: digest, layers with digest and compressed size. */
export function exportImage(tag, layout) {
  const exported = lastExport.then(() => writeLayout(tag, layout));
  lastExport = exported.catch(() => undefined);
  return exported;
}

async function writeLayout(tag, layout) {
  const name = tag.replaceAll(/[^a-z0-9]/g, '-');
  await run('podman', ['push', '--quiet', tag, `oci:${layout}:${name}`]);
  const index = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const { digest } = index.manifests.find((entry) => entry.annotations?.['org.opencontainers.image.ref.name'] === name);
  const blob = (blobDigest) => JSON.parse(readFileSync(join(layout, 'blobs', blobDigest.replace(':', '/')), 'utf8'));
  const manifest = blob(digest);
  return {
    digest,
    config: blob(manifest.config.digest),
    layers: manifest.layers.map((layer) => ({ digest: layer.digest, sizeBytes: layer.size })),
  };
}

/** Mounts an image's files read-only for `use`. */
export async function withFiles(tag, use) {
  const folder = await run('podman', ['image', 'mount', tag]);
  try {
    return await use(folder);
  } finally {
    await run('podman', ['image', 'umount', tag]);
  }
}
