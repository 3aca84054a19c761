import { openPackage } from '@web-single/model-package';
import type { ModelPackage } from '@web-single/model-package';
import { createPipeline, RowRejection } from '@web-single/preprocessing';
import { checkRows } from '@web-single/signature';
import { isTensor, stack, tensor, unstack } from '@web-single/tensor';
import type { Row, TensorSpec, Value } from '@web-single/tensor';
import { requireRight } from '../load/answer-check.ts';
import type { LoadResult } from '../load/closed-loop.ts';
import { prepareCases } from '../workloads/prepare-cases.ts';
import { workloads } from '../workloads/workload-table.ts';

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = await import('onnxruntime-node');
const MOST_ROWS = 64;
const RUNS_A_SIZE = 5;
type Feeds = Record<string, InstanceType<typeof ort.Tensor>>;

/**
 * Runs a workload's session in a loop on the inputs of its cases: for each message with a duration in ms, one block. With
 * `batched`, on as many rows at once as give the most a second; an answer is a row then, and takes its share of the run.
 */
const [, , workloadName, isBatched] = process.argv;
const workload = workloads.find(({ name }) => name === workloadName)!;
const model = await openPackage(workload.packageFolder);
// The very graph and settings that an engine uses.
const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
const session = await (model.rewrittenModel
  ? ort.InferenceSession.create(Buffer.from(model.rewrittenModel), options)
  : ort.InferenceSession.create(model.modelPath, options));
const cases = await prepareCases(workload);
const feeds = await Promise.all(cases.map(({ inputs }) => feedsOf(model, inputs)));
for (const [index, wanted] of cases.entries()) requireRight(wanted, await answer(feeds[index]!, wanted.outputs.length));
const batch = isBatched ? await bestBatch(cases.flatMap(({ inputs }) => inputs)) : { feeds, rows: 1 };
process.on('message', (durationMs: number) => void runBlock(durationMs).then((result) => process.send?.(result)));
process.send?.('ready');

async function runBlock(durationMs: number): Promise<LoadResult> {
  const micros: number[] = [];
  const startMs = performance.now();
  let runs = 0;
  for (let lastMs = startMs; lastMs < startMs + durationMs;) {
    await session.run(batch.feeds[runs++ % batch.feeds.length]!);
    const nowMs = performance.now();
    for (let row = 0; row < batch.rows; row += 1) micros.push(((nowMs - lastMs) * 1_000) / batch.rows);
    lastMs = nowMs;
  }
  return { micros, refused: 0, seconds: (performance.now() - startMs) / 1_000 };
}

interface Batch {
  readonly feeds: readonly Feeds[];
  /** Rows of each of `feeds`. */
  readonly rows: number;
}

/** Of 1, 2, 4 … 64 rows a run those that cost the least each: the least of a few runs, after a first one. */
async function bestBatch(rows: readonly Row[]): Promise<Batch> {
  let best = { feeds, rows: 1, rowMs: Infinity };
  for (let size = 1; size <= MOST_ROWS; size *= 2) {
    const one = await feedsOf(
      model,
      Array.from({ length: size }, (_, index) => rows[index % rows.length]!),
    );
    const times: number[] = [];
    for (let run = 0; run <= RUNS_A_SIZE; run += 1) {
      const startMs = performance.now();
      await session.run(one);
      times.push(performance.now() - startMs);
    }
    const rowMs = Math.min(...times.slice(1)) / size;
    if (rowMs < best.rowMs) best = { feeds: [one], rows: size, rowMs };
  }
  return best;
}

/** Tensors made once, of the checked and prepared rows of a request: what is left is the run itself. */
async function feedsOf({ signature, before, sessionInputs }: ModelPackage, inputs: readonly Row[]): Promise<Feeds> {
  const rows = checkRows(signature, inputs).flatMap((check) => ('row' in check ? [check.row] : []));
  const prepared = await createPipeline(before).run(rows);
  const feeds: Feeds = {};
  for (const spec of sessionInputs) {
    const parts = prepared.map((row) => {
      if (row instanceof RowRejection) throw new Error(JSON.stringify(row.problem));
      return partOf(row[spec.name], spec);
    });
    const { dtype, data, shape } = stack(parts);
    feeds[spec.name] =
      dtype === 'string'
        ? new ort.Tensor('string', [...data], shape)
        : new ort.Tensor('float32', data as Float32Array, shape);
  }
  return feeds;
}

function partOf(value: Value | undefined, { dtype, dims }: TensorSpec): Parameters<typeof stack>[0][number] {
  if (isTensor(value)) return value;
  const shape = dims.slice(1).map(() => 1);
  if (dtype === 'string') return tensor('string', shape, [String(value)]);
  return tensor('float32', shape, Float32Array.of(typeof value === 'number' ? value : NaN));
}

/** One run, with the steps after it: what the golden cases are held against before anything is measured. */
async function answer(inputs: Feeds, rows: number): Promise<readonly Row[]> {
  const outputs = await session.run(inputs);
  const columns = Object.entries(outputs).map(([name, { type, data, dims }]) => {
    const whole =
      type === 'string' ? tensor('string', dims, data as string[]) : tensor('float32', dims, data as Float32Array);
    return [name, unstack(whole)] as const;
  });
  const rowsOut = Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map(([name, parts]) => [name, valueOf(parts[row]!)])),
  );
  const after = await createPipeline(model.after).run(rowsOut);
  return after.map((row) => (row instanceof RowRejection ? {} : row));
}

/** A label is a string to the steps, scores a tensor. */
function valueOf(part: ReturnType<typeof unstack>[number]): Value {
  return part.shape.length === 0 ? (part.data[0] as Value) : part;
}
