import type { Signature } from '@web-single/signature';
import type { ImportedGraph } from './import/import-graph.ts';
import { summarizeField } from './import/summarize-field.ts';
import type { Manifest } from './manifest/manifest-schema.ts';
import type { Fact, ModelPackage } from './model-package.ts';
import type { FolderNames } from './open-manifest-package.ts';
import type { OpenOptions } from './open-options.ts';
import { defaultVersion } from './package-name.ts';

type Merged = Omit<ModelPackage, 'digest' | 'folder' | 'modelPath' | 'golden' | 'card'>;

/** Lays the manifest over what the graph says: each fact from the first source that states it. */
export function mergeManifest(
  manifest: Manifest,
  graph: ImportedGraph,
  names: FolderNames,
  options: OpenOptions,
): Merged {
  const name = options.name ?? manifest.name ?? names.name;
  const version = String(manifest.version ?? names.version ?? defaultVersion);
  const declared = manifest.signature as Signature | undefined;
  const { maxRows = 'auto', maxDelayMs = 0 } = manifest.batching ?? {};
  const { placement = 'auto', instances = 'auto', runTimeoutMs = 'auto' } = manifest.engine ?? {};
  return {
    name,
    version,
    task: manifest.task ?? graph.task,
    description: manifest.description ?? '',
    ...(manifest.license === undefined ? {} : { license: manifest.license }),
    ...(graph.rewrittenModel === undefined ? {} : { rewrittenModel: graph.rewrittenModel }),
    ...(graph.split === undefined ? {} : { split: graph.split }),
    signature: declared === undefined ? graph.signature : withBareInput(declared),
    sessionInputs: graph.sessionInputs,
    sessionOutputs: graph.sessionOutputs,
    batchable: graph.batchable,
    before: manifest.before ?? (declared === undefined ? graph.before : []),
    after: manifest.after ?? (declared === undefined || isAnsweredBy(declared, graph) ? graph.after : []),
    batching: { maxRows, maxDelayMs },
    engine: { placement, instances, runTimeoutMs },
    requires: manifest.requires ?? {},
    facts: [
      ...nameFacts(name, version, { manifest, options }),
      ...graphFacts(manifest, graph),
      ...manifestFacts(declared),
    ],
  };
}

/** True where the graph's own steps give every output that the manifest declares. */
function isAnsweredBy({ output }: Signature, graph: ImportedGraph): boolean {
  return Object.keys(output).every((name) => Object.hasOwn(graph.signature.output, name));
}

function withBareInput({ input, output }: Signature): Signature {
  const [only, another] = Object.keys(input);
  return { input, output, ...(only !== undefined && another === undefined ? { bareInput: only } : {}) };
}

function nameFacts(
  name: string,
  version: string,
  { manifest, options }: { manifest: Manifest; options: OpenOptions },
): Fact[] {
  const nameSource = options.name !== undefined ? '--name' : manifest.name === undefined ? 'folder name' : 'model.yaml';
  const versionSource = manifest.version === undefined ? 'folder name or default' : 'model.yaml';
  return [
    { about: 'name', value: name, source: nameSource, confidence: 'stated' },
    { about: 'version', value: version, source: versionSource, confidence: 'stated' },
  ];
}

/** The graph's facts, without those that the manifest states itself. */
function graphFacts(manifest: Manifest, graph: ImportedGraph): Fact[] {
  const stated = (about: string) =>
    (manifest.signature !== undefined && /^(signature|labels|label|scores|probabilities)\b/.test(about)) ||
    (manifest.batching !== undefined && about === 'batching');
  const batching = graph.facts.filter(({ about }) => manifest.batching !== undefined && about === 'batching');
  return [
    ...graph.facts.filter(({ about }) => !stated(about)),
    ...batching.map((fact): Fact => ({
      ...fact,
      confidence: fact.confidence === 'assumed' ? 'stated' : fact.confidence,
    })),
  ];
}

function manifestFacts(signature: Signature | undefined): Fact[] {
  if (signature === undefined) return [];
  return (['input', 'output'] as const).flatMap((side) =>
    Object.entries(signature[side]).map(([name, field]): Fact => ({
      about: `signature.${side}.${name}`,
      value: summarizeField(field),
      source: 'model.yaml',
      confidence: 'stated',
    })),
  );
}
