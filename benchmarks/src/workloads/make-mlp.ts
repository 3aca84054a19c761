import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { seededRandom } from '../seeded-random.ts';
import { workspaceRoot } from '../server-process.ts';
import { encodeOnnx, type OnnxWeight } from './onnx-graph.ts';

/** Made when the benchmark first needs it: 50 MB are too much to keep. */
export const mlpFolder = join(workspaceRoot, 'tmp/benchmarks/models/mlp');

/** Widths from layer to layer: 12.7 million weights, all of which a run reads for one row. */
const widths = [32, 2_048, 2_048, 2_048, 2_048, 8];
const caseCount = 16;

/** Writes the package of a perceptron with seeded weights and its golden cases, unless it is there. */
export async function makeMlp(): Promise<void> {
  if (existsSync(join(mlpFolder, 'model.yaml'))) return;
  await mkdir(mlpFolder, { recursive: true });
  const model = encodeMlp();
  const golden = await goldenLines(model);
  await writeFile(join(mlpFolder, 'model.onnx'), model);
  await writeFile(join(mlpFolder, 'golden.jsonl'), golden);
  // The manifest last: a package that has one is whole.
  await writeFile(join(mlpFolder, 'model.yaml.part'), manifest(sha256(model), sha256(golden)));
  await rename(join(mlpFolder, 'model.yaml.part'), join(mlpFolder, 'model.yaml'));
}

function encodeMlp(): Buffer {
  const random = seededRandom(7);
  const layers = widths.slice(1).map((width, index) => ({ inputs: widths[index]!, width, name: `weight_${index}` }));
  const weights = layers.map(({ inputs, width, name }): OnnxWeight => {
    // Uniform, with the deviation that keeps the scale of a row from layer to layer.
    const limit = Math.sqrt(6 / inputs);
    const data = Float32Array.from({ length: inputs * width }, () => (random() * 2 - 1) * limit);
    return { name, dims: [inputs, width], data };
  });
  const last = layers.length - 1;
  const nodes = layers.flatMap(({ name }, index) => {
    const source = index === 0 ? 'features' : `hidden_${index - 1}`;
    if (index === last) return [{ operator: 'MatMul', inputs: [source, name], output: 'scores' }];
    return [
      { operator: 'MatMul', inputs: [source, name], output: `sum_${index}` },
      { operator: 'Relu', inputs: [`sum_${index}`], output: `hidden_${index}` },
    ];
  });
  return encodeOnnx({
    input: { name: 'features', width: widths[0]! },
    output: { name: 'scores', width: widths.at(-1)! },
    nodes,
    weights,
  });
}

async function goldenLines(model: Buffer): Promise<string> {
  const random = seededRandom(11);
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const lines: unknown[] = [
    { producer: { script: 'benchmarks/src/workloads/make-mlp.ts' }, tolerance: { absolute: 1e-3, relative: 1e-3 } },
  ];
  for (let number = 0; number < caseCount; number++) {
    const features = Float32Array.from({ length: widths[0]! }, () => Math.round((random() * 2 - 1) * 1_000) / 1_000);
    const { scores } = await session.run({ features: new Tensor('float32', features, [1, features.length]) });
    const row = Array.from(features, (value) => Math.round(value * 1_000) / 1_000);
    lines.push({ input: { features: row }, output: { scores: [...(scores!.data as Float32Array)] } });
  }
  await session.release();
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

function manifest(model: string, golden: string): string {
  return `name: mlp
version: 1.0.0
task: regression
description: A perceptron with random weights, for measurements. What it answers means nothing.
license: Apache-2.0
model: { file: model.onnx, sha256: "${model}" }
signature:
  input:
    features: { type: tensor, dtype: float32, dims: [${widths[0]}] }
  output:
    scores: { type: tensor, dtype: float32, dims: [${widths.at(-1)}] }
golden: golden.jsonl
files:
  golden.jsonl: "${golden}"
`;
}
