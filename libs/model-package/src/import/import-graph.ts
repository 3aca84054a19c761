import type { StepSpec } from '@web-single/preprocessing';
import type { Signature } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { Fact } from '../model-package.ts';
import { addStringLocale } from '../onnx/add-string-locale.ts';
import { checkRuntimeFit } from '../onnx/check-runtime-fit.ts';
import { correctOutputTypes } from '../onnx/correct-output-types.ts';
import type { CorrectedOutput } from '../onnx/correct-output-types.ts';
import { cutZipMap } from '../onnx/cut-zip-map.ts';
import { linkGraph } from '../onnx/graph-links.ts';
import { lowerVersions } from '../onnx/lower-versions.ts';
import type { VersionLowering } from '../onnx/lower-versions.ts';
import type { OnnxModel } from '../onnx/onnx-model.ts';
import { rewriteGraph } from '../onnx/rewrite-graph.ts';
import { splitGraph } from '../onnx/split-graph.ts';
import type { SplitGraph } from '../onnx/split-graph.ts';
import type { PackageProblem } from '../package-error.ts';
import { batchRule } from './batch-rule.ts';
import type { ImportOptions } from './import-options.ts';
import { inferInput } from './infer-input.ts';
import { inferOutput } from './infer-output.ts';
import { sessionSpecs } from './session-specs.ts';

/** What the graph says on its own: a whole signature with its pipelines, and each fact's source. */
export interface ImportedGraph {
  readonly rewrittenModel?: Uint8Array;
  readonly split?: SplitGraph;
  readonly sessionInputs: readonly TensorSpec[];
  readonly sessionOutputs: readonly TensorSpec[];
  readonly batchable: boolean;
  readonly task: string;
  readonly signature: Signature;
  readonly before: readonly StepSpec[];
  readonly after: readonly StepSpec[];
  /** Values per row of an output of scores, where weights tell. */
  readonly widths: ReadonlyMap<string, number>;
  readonly facts: readonly Fact[];
  readonly problems: readonly PackageProblem[];
}

/** Turns a read model into everything that can be known without a manifest. `file` is the name to show. */
export function importGraph(read: OnnxModel, bytes: Uint8Array, file: string, options: ImportOptions): ImportedGraph {
  const lowering = lowerVersions(read);
  const links = linkGraph(lowering.model);
  const correction = correctOutputTypes(lowering.model, links);
  const { model } = correction;
  const zipMaps = cutZipMap(model, links);
  const locale = addStringLocale(model);
  const specs = sessionSpecs(model, links, zipMaps.cuts, file);
  const batch = batchRule(specs, file);
  const context = { model, links, file, options, specs, cuts: zipMaps.cuts, batchable: batch.batchable };
  const input = inferInput(context);
  const output = inferOutput(context);
  const rewrites = [
    ...loweringFacts(lowering, file),
    ...surgeryFacts(zipMaps.cuts, file),
    ...correctionFacts(correction.corrected, file),
    ...localeFacts(locale.addAttributes.size, file),
  ];
  const problems = [...checkRuntimeFit(model, file), ...specs.problems, ...input.problems, ...output.problems];
  const outputs = new Map([...correction.outputs, ...zipMaps.edit.outputs]);
  const { versions } = lowering;
  const edit = { ...zipMaps.edit, outputs, addAttributes: locale.addAttributes, ...(versions && { versions }) };
  const rewritten = rewrites.length > 0 && problems.length === 0 ? rewriteGraph(bytes, edit) : undefined;
  const split = batch.batchable && problems.length === 0 ? splitGraph(rewritten ?? bytes) : undefined;
  return {
    ...(rewritten && { rewrittenModel: rewritten }),
    ...(split && { split }),
    sessionInputs: specs.inputs,
    sessionOutputs: specs.outputs,
    batchable: batch.batchable,
    task: output.task,
    signature: { input: input.fields, output: output.fields, ...(input.bareInput && { bareInput: input.bareInput }) },
    before: input.before,
    after: output.after,
    widths: output.widths,
    facts: [...originFacts(read, file), batch.fact, ...rewrites, ...input.facts, ...output.facts],
    problems,
  };
}

function originFacts(model: OnnxModel, file: string): Fact[] {
  const source = `${file} header`;
  const producer = `${model.producerName} ${model.producerVersion}`.trim();
  const opsets = [...new Set(model.opsets.map(({ domain, version }) => `${domain || 'ai.onnx'} ${version}`))].join(
    ', ',
  );
  return [
    ...(producer === '' ? [] : [{ about: 'producer', value: producer, source, confidence: 'read' as const }]),
    { about: 'opset', value: `${opsets}; IR ${model.irVersion}`, source, confidence: 'read' },
  ];
}

function loweringFacts({ versions }: VersionLowering, file: string): Fact[] {
  if (versions === undefined) return [];
  const value = `read in memory as opset ${versions.opset}, IR ${versions.irVersion}: what is newer only adds operators, types and attributes`;
  return [{ about: 'rewrite of the versions', value, source: `${file} header`, confidence: 'read' }];
}

function surgeryFacts(cuts: ReturnType<typeof cutZipMap>['cuts'], file: string): Fact[] {
  return cuts.map(({ output }) => ({
    about: `rewrite of output "${output}"`,
    value: 'ZipMap cut in memory: the runtime cannot return maps',
    source: `${file} node "ZipMap"`,
    confidence: 'read',
  }));
}

function correctionFacts(corrected: readonly CorrectedOutput[], file: string): Fact[] {
  return corrected.map(({ name, declared, actual }) => ({
    about: `rewrite of output "${name}"`,
    value: `declared ${actual} in memory: the file says ${declared}, which its operators do not give`,
    source: `${file} graph`,
    confidence: 'read',
  }));
}

function localeFacts(count: number, file: string): Fact[] {
  if (count === 0) return [];
  const value = 'locale = C.UTF-8 added in memory: the default needs a locale that slim images lack';
  return [
    { about: 'rewrite of StringNormalizer', value, source: `${file} node "StringNormalizer"`, confidence: 'read' },
  ];
}
