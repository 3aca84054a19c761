import { nearestName } from '@web-single/tensor';
import type { Row } from '@web-single/tensor';
import { freeBetween } from './free-between.ts';
import { rejectionOf } from './per-row.ts';
import type { Pipeline } from './pipeline.ts';
import { PreprocessingError } from './preprocessing-error.ts';
import type { PipelineProblem } from './preprocessing-error.ts';
import { RowRejection } from './step.ts';
import type { Step, StepOutcome, StepSpec } from './step.ts';
import { stepRegistry } from './step-registry.ts';
import type { StepRegistry } from './step-registry.ts';

/** Rows of a decoding pipeline under way at once: one decodes while the next is computed, and memory stays bounded. */
const decodingRows = 2;

/** Builds a pipeline from the entries of a manifest. Throws `PreprocessingError` with all problems. */
export function createPipeline(specs: readonly StepSpec[], registry: StepRegistry = stepRegistry): Pipeline {
  const problems: PipelineProblem[] = [];
  const steps = specs.flatMap((spec, index) => createStep(spec, index, { registry, problems }));
  if (problems.length > 0) throw new PreprocessingError(problems);
  const plain = steps.map(({ step }) => step);
  const decodes = specs.some((spec) => registry.get(spec.step)?.decodes === true);
  return {
    decodes,
    run: (rows) => (decodes ? runInLanes(steps, rows) : runBatch(plain, rows)),
  };
}

interface Building {
  readonly registry: StepRegistry;
  readonly problems: PipelineProblem[];
}

interface PipelineStep {
  readonly step: Step;
  readonly keepsNothing: boolean;
}

function createStep(spec: StepSpec, index: number, { registry, problems }: Building): PipelineStep[] {
  const { step: name, ...params } = spec;
  const definition = registry.get(name);
  if (definition === undefined) {
    problems.push({ index, pointer: '/step', message: unknownStep(name, registry) });
    return [];
  }
  const parsed = definition.params.safeParse(params);
  if (parsed.success) return [{ step: definition.create(parsed.data), keepsNothing: definition.keepsNothing === true }];
  for (const issue of parsed.error.issues) {
    const pointer = issue.path.map((key) => `/${String(key)}`).join('');
    problems.push({ index, pointer, message: `"${name}": ${issue.message}.` });
  }
  return [];
}

/** Names what was given, what was probably meant and what there is. */
export function unknownStep(name: unknown, registry: StepRegistry): string {
  const meant = typeof name === 'string' ? nearestName(name, [...registry.keys()]) : undefined;
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  return `Expected the name of a step, got ${name === undefined ? 'nothing' : JSON.stringify(name)}.${hint} There are: ${[...registry.keys()].join(', ')}.`;
}

/** Steps may not mix rows, so a decoding pipeline takes them a few at a time: never a batch of decoded pictures. */
async function runInLanes(steps: readonly PipelineStep[], rows: readonly Row[]): Promise<StepOutcome[]> {
  const outcomes = new Array<StepOutcome>(rows.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < rows.length) {
      const index = next++;
      outcomes[index] = await runRow(steps, rows[index]!);
    }
  };
  await Promise.all(Array.from({ length: decodingRows }, lane));
  return outcomes;
}

/** Of what its steps make only the last is left; the row itself is its caller's. */
async function runRow(steps: readonly PipelineStep[], row: Row): Promise<StepOutcome> {
  let current = row;
  let last: { readonly given: Row; readonly keepsNothing: boolean } | undefined;
  for (const { step, keepsNothing } of steps) {
    const [outcome] = await applyStep(step, [current]);
    if (outcome === undefined || outcome instanceof RowRejection) return outcome as StepOutcome;
    if (keepsNothing && last?.keepsNothing) freeBetween(last.given, current, outcome);
    last = { given: current, keepsNothing };
    current = outcome;
  }
  return current;
}

async function runBatch(steps: readonly Step[], rows: readonly Row[]): Promise<StepOutcome[]> {
  let outcomes: StepOutcome[] = [...rows];
  for (const step of steps) {
    if (!outcomes.some((outcome) => outcome instanceof RowRejection)) {
      outcomes = [...(await applyStep(step, outcomes as Row[]))];
      continue;
    }
    const alive = outcomes.flatMap((outcome, index) => (outcome instanceof RowRejection ? [] : [index]));
    if (alive.length === 0) break;
    const changed = await applyStep(
      step,
      alive.map((index) => outcomes[index] as Row),
    );
    for (const [position, index] of alive.entries()) outcomes[index] = changed[position]!;
  }
  return outcomes;
}

/** Where a step fails for the batch, each row is tried alone: only those at fault are rejected. */
async function applyStep(step: Step, rows: readonly Row[]): Promise<readonly StepOutcome[]> {
  try {
    const outcomes = await step.apply(rows);
    if (outcomes.length === rows.length) return outcomes;
    throw new Error(`Step "${step.name}" answered ${outcomes.length} of ${rows.length} rows.`);
  } catch (error) {
    if (rows.length === 1) return [rejectionOf(step.name, error)];
    const alone: StepOutcome[] = [];
    for (const row of rows) alone.push(...(await applyStep(step, [row])));
    return alone;
  }
}
