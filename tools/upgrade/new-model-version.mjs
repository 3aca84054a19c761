/**
 * Gives a model package another version and digest without training: the ONNX file says it was made by another exporter version.
 * Usage: new-model-version.mjs PACKAGE VERSION. For proofs; a real new version comes from training.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { concatBytes, encodeBytes } from '../../libs/model-package/src/onnx/wire-write.ts';
import { edit } from './edit.mjs';

/** `producer_version` of ModelProto; of a field that comes twice, the last counts. */
const PRODUCER_VERSION = 3;

export function newModelVersion(folder, version) {
  const manifest = join(folder, 'model.yaml');
  const [, before] = /^version: (.+)$/m.exec(readFileSync(manifest, 'utf8'));
  const file = join(folder, 'model.onnx');
  const old = readFileSync(file);
  const next = concatBytes([old, encodeBytes(PRODUCER_VERSION, `${version} of the proof`)]);
  writeFileSync(file, next);
  edit(manifest, `version: ${before}`, `version: ${version}`);
  edit(manifest, sha256(old), sha256(next));
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) newModelVersion(...process.argv.slice(2));
