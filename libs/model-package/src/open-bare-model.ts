import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { loadModel } from './load-model.ts';
import type { ModelPackage } from './model-package.ts';
import type { OpenOptions } from './open-options.ts';
import { packageDigest } from './package-digest.ts';
import { defaultVersion, legalName } from './package-name.ts';

/** Makes a whole package of one ONNX file: what a manifest would say comes from the graph. The file's own folder is where external data may lie. */
export async function openBareModel(path: string, options: OpenOptions, version?: string): Promise<ModelPackage> {
  const modelPath = await realpath(path);
  const [folder, file] = [dirname(modelPath), basename(modelPath)];
  const { graph, sha256, externalPaths } = await loadModel(folder, file, { ...options, allowHardLinks: true });
  const { problems: _none, widths: _widths, facts, ...said } = graph;
  const given = basename(path).replace(/\.onnx$/i, '');
  const name = options.name ?? legalName(given);
  return {
    ...said,
    name,
    version: version ?? defaultVersion,
    digest: packageDigest(sha256),
    description: '',
    folder,
    modelPath: join(folder, file),
    batching: { maxRows: 'auto', maxDelayMs: 0 },
    engine: { placement: 'auto', instances: 'auto', runTimeoutMs: 'auto' },
    requires: {},
    facts: [
      { about: 'name', value: name, source: options.name === undefined ? 'file name' : '--name', confidence: 'stated' },
      ...facts,
      ...externalPaths.map((external) => ({
        about: `external data "${external}"`,
        value: sha256.get(external)!,
        source: `beside ${file}, no manifest lists its digest`,
        confidence: 'assumed' as const,
      })),
    ],
  };
}
