import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

const BARE = [
  'libs/model-package/fixtures/tfidf.onnx',
  'libs/model-package/fixtures/frame-ignore.onnx',
  'libs/model-package/fixtures/torch-batch-2.onnx',
  'libs/model-package/fixtures/identity.onnx',
  'libs/model-runtime/fixtures/columns.onnx',
];

/** Paths of what the check serves: packages with golden cases, bare exports, a model with two versions, one with two pictures. */
export function servedModels(folder) {
  const paths = [
    'models/penguins',
    'models/digits',
    'examples/birds',
    'tools/outside/snippets/models/pictures',
    ...BARE,
  ];
  return [...paths.map((path) => join(root, path)), versions(join(folder, 'versions'))];
}

/** `repeated`, versions 1 and 2, of one graph. */
function versions(folder) {
  for (const version of ['1', '2']) {
    const target = join(folder, 'repeated', version);
    mkdirSync(target, { recursive: true });
    cpSync(join(root, 'libs/model-runtime/fixtures/single.onnx'), join(target, 'model.onnx'));
  }
  return folder;
}
