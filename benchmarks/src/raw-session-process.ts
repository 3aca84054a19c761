import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPackage } from '@web-single/model-package';
import type { ModelPackage } from '@web-single/model-package';
import { createPipeline, RowRejection } from '@web-single/preprocessing';
import { checkRows } from '@web-single/signature';
import type { Row, TensorSpec } from '@web-single/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { BlockResult } from './contenders/contender.ts';
import { quantile } from './statistics.ts';

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = await import('onnxruntime-node');

/** Runs a package's session in a loop on the inputs of its golden cases: for each message with a duration in ms, one block. */
const model = await openPackage(process.argv[2] ?? '');
const session = await openSession(model);
const feeds = await feedsOf(model);
process.on('message', (durationMs: number) => void runBlock(durationMs).then((result) => process.send?.(result)));
process.send?.('ready');

async function runBlock(durationMs: number): Promise<BlockResult> {
  const micros: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startMs = performance.now();
  for (let lastMs = startMs; lastMs < startMs + durationMs;) {
    await session.run(feeds[micros.length % feeds.length]!);
    const nowMs = performance.now();
    micros.push((nowMs - lastMs) * 1_000);
    lastMs = nowMs;
  }
  const seconds = (performance.now() - startMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    requests: micros.length,
    seconds,
    p50Micros: quantile(micros, 0.5),
    p99Micros: quantile(micros, 0.99),
    cpuMicros: (user + system) / micros.length,
  };
}

/** The very graph and settings that an engine uses. */
async function openSession({ modelPath, rewrittenModel }: ModelPackage): Promise<InferenceSession> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
  if (rewrittenModel === undefined) return ort.InferenceSession.create(modelPath, options);
  const folder = await mkdtemp(join(tmpdir(), 'web-single-benchmark-'));
  try {
    await writeFile(join(folder, 'model.onnx'), rewrittenModel);
    return await ort.InferenceSession.create(join(folder, 'model.onnx'), options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Tensors made once, of the checked and prepared golden rows: what is left is the run itself. */
async function feedsOf({ signature, golden, before, sessionInputs }: ModelPackage): Promise<Record<string, Tensor>[]> {
  if (golden === undefined) return [madeUp(sessionInputs)];
  const inputs = golden.cases.map(({ input }) => input);
  const rows = checkRows(signature, inputs).flatMap((check) => ('row' in check ? [check.row] : []));
  const prepared = await createPipeline(before).run(rows);
  return prepared.flatMap((row) =>
    row instanceof RowRejection
      ? []
      : [Object.fromEntries(sessionInputs.map((spec) => [spec.name, tensorOf(row, spec)]))],
  );
}

/** One row of ones for a model without golden cases. */
function madeUp(inputs: readonly TensorSpec[]): Record<string, Tensor> {
  return Object.fromEntries(
    inputs.map(({ name, dims }) => {
      const shape = dims.map((dim) => (typeof dim === 'number' ? dim : 1));
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(1);
      return [name, new ort.Tensor('float32', data, shape)];
    }),
  );
}

function tensorOf(row: Row, { name, dtype, dims }: TensorSpec): Tensor {
  const shape = dims.map(() => 1);
  const value = row[name];
  if (dtype === 'string') return new ort.Tensor('string', [String(value)], shape);
  return new ort.Tensor('float32', Float32Array.of(typeof value === 'number' ? value : NaN), shape);
}
