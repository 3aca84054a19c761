import { encodeRow } from '@web-single/contract';
import { PackageError } from '@web-single/model-package';
import type { ModelPackage } from '@web-single/model-package';
import { startEngine } from '@web-single/model-runtime';
import type { Engine, RowOutcome } from '@web-single/model-runtime';
import { checkRows } from '@web-single/signature';
import type { Row } from '@web-single/tensor';
import { madeUpRows } from './made-up-rows.ts';
import type { GoldenDraft, JsonRow } from './package-draft.ts';

const wantedCases = 20;
/** Of all inputs together: a picture's worth of numbers takes this much alone. */
const enoughCharacters = 256 * 1024;
const timeoutMs = 60_000;

type Case = GoldenDraft['cases'][number];

export interface RecordedCases {
  readonly cases: readonly Case[];
  readonly warnings: readonly string[];
}

/** Runs the model on made-up rows, as the server would, and keeps each row with its answer. Throws `PackageError` where none is answered. */
export async function recordCases(model: ModelPackage): Promise<RecordedCases> {
  const inputs = withinBudget(madeUpRows(model.signature, wantedCases));
  const { engine, warnings } = await startEngine(model, { instances: 1 });
  try {
    const outcomes = await predictAll(engine, checkedRows(model, inputs));
    const cases = outcomes.flatMap((outcome, index) => caseOf(inputs[index]!, outcome));
    if (cases.length === 0) throw new PackageError([unanswered(outcomes[0])]);
    return { cases, warnings };
  } finally {
    await engine.close();
  }
}

function withinBudget(rows: readonly JsonRow[]): JsonRow[] {
  let characters = 0;
  return rows.filter((row, index) => {
    characters += JSON.stringify(row).length;
    return index === 0 || characters <= enoughCharacters;
  });
}

function checkedRows({ signature }: ModelPackage, inputs: readonly JsonRow[]): Row[] {
  return checkRows(signature, inputs).map((check) => {
    if ('row' in check) return check.row;
    throw new Error(`This is a bug: a made-up row does not fit the signature: ${JSON.stringify(check.problems)}`);
  });
}

async function predictAll(engine: Engine, rows: readonly Row[]): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for (const row of rows) outcomes.push(...(await engine.predict([row], performance.now() + timeoutMs)).outcomes);
  return outcomes;
}

/** None where the row was refused, or where the answer holds what JSON cannot (NaN, integers beyond 2^53). */
function caseOf(input: JsonRow, outcome: RowOutcome): Case[] {
  if (!('outputs' in outcome)) return [];
  const output = encodeRow(outcome.outputs);
  return isExactJson(output) ? [{ input, output }] : [];
}

function isExactJson(value: unknown): boolean {
  if (value === null || typeof value === 'bigint') return false;
  return typeof value !== 'object' || Object.values(value).every(isExactJson);
}

function unanswered(first: RowOutcome | undefined) {
  const advice =
    'Record cases where the model was trained, and write the package as docs/guides/your-own-model.md says.';
  return { where: '--from', message: `The model answered no made-up row${reasonOf(first)}. ${advice}` };
}

function reasonOf(outcome: RowOutcome | undefined): string {
  if (outcome === undefined) return '';
  if ('failure' in outcome) return `: ${outcome.failure.message.replace(/\.$/, '')}`;
  if ('outputs' in outcome) return ' with finite numbers';
  return `: "${outcome.problem.field}" expected ${outcome.problem.expected}, got ${outcome.problem.got}`;
}
