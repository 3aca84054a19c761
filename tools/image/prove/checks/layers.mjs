import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, exportImage } from '../image.mjs';
import { cloneWorkTree } from './reproducible.mjs';

const LIMIT_BYTES = 100_000;

const PATCHES = [
  ['the REST code', 'apps/predictor/src/rest/docs-page.ts', '<title>web-single API<', '<title>web-single API page<'],
  ['serving', 'libs/serving/src/loaded-models.ts', 'is still loading', 'is being loaded'],
  [
    'preprocessing',
    'libs/preprocessing/src/steps/postprocess/softmax.ts',
    'probabilities over the last axis.',
    'probabilities along the last axis.',
  ],
];

/** What a small change ships: the layers with a new digest, as a registry compares them. */
export async function checkLayers({ image, root, sandbox, check }) {
  const clone = sandbox.path('patched');
  await cloneWorkTree(root, clone);
  const before = await exportImage(image, sandbox.path('oci'));
  const build = async (tag) => {
    await buildImage(clone, { tag });
    return shippedBy(before, await exportImage(tag, sandbox.path('oci')));
  };
  for (const [what, path, from, to] of PATCHES) {
    const undo = edit(join(clone, path), from, to);
    const { places, sizeBytes, detail } = await build('localhost/web-single:patched');
    undo();
    check(
      `a patch of ${what} ships one layer of at most 100 kB`,
      places.length === 1 && sizeBytes <= LIMIT_BYTES,
      detail,
    );
  }
  writeFileSync(join(clone, 'models/penguins/CHANGES.md'), 'Another state of this model.\n');
  const { places, detail } = await build('localhost/web-single:other-model');
  check("a model change ships the model's layer alone", places.join() === String(modelLayer(before)), detail);
}

function edit(file, from, to) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file}: the patch finds no ${from}`);
  writeFileSync(file, text.replace(from, to));
  return () => writeFileSync(file, text);
}

/** The layers of `after` that `before` does not have. */
function shippedBy(before, after) {
  const known = new Set(before.layers.map(({ digest }) => digest));
  const places = after.layers.flatMap(({ digest }, place) => (known.has(digest) ? [] : [place]));
  const sizeBytes = places.reduce((sum, place) => sum + after.layers[place].sizeBytes, 0);
  return { places, sizeBytes, detail: `${places.length} of ${after.layers.length} layers, ${sizeBytes} bytes` };
}

/** Where the history says `COPY … /models`; empty history entries have no layer. */
function modelLayer({ config }) {
  const steps = config.history.filter(({ empty_layer: isEmpty }) => isEmpty !== true);
  return steps.findIndex(({ created_by: step }) => / \/models\b/.test(step));
}
