import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cloneCheckout } from '../../../workspace/clone-checkout.mjs';
import { buildImage, exportImage } from '../image.mjs';

/** The same commit, cloned elsewhere with other file modes and times, built with no cache: the same digest. */
export async function checkReproducible({ root, sandbox, layout, exported, check }) {
  const clone = sandbox.path('clone');
  cloneCheckout(root, clone);
  for (const name of readdirSync(join(clone, 'models'))) chmodSync(join(clone, 'models', name, 'model.yaml'), 0o600);
  await buildImage(clone, { tag: 'localhost/web-single:again', engineArgs: ['--no-cache'] });
  const again = await exportImage('localhost/web-single:again', layout);
  const differing = exported.layers.filter(({ digest }, index) => digest !== again.layers[index]?.digest);
  check(
    'two builds of one commit: one digest',
    exported.digest === again.digest,
    `${exported.digest}; ${differing.length} layers differ`,
  );
}
