import { compareOutput, PackageError } from '@web-single/model-package';
import type { GoldenCase, GoldenSet, ModelPackage, PackageProblem } from '@web-single/model-package';
import { checkRows } from '@web-single/signature';
import type { Row } from '@web-single/tensor';
import type { BatchResult, RowOutcome } from '../engine.ts';

export interface GoldenReport {
  readonly cases: number;
  /** What differs from the record; empty unless failures were only to be reported. */
  readonly failures: readonly PackageProblem[];
}

/** A report of hundreds of failures says no more than its first. */
const toldFailures = 10;
/** Rows at once: a picture model's memory stays small. */
const rowsPerBatch = 16;

/** Golden inputs as an engine takes them. Throws `PackageError` naming every case that the signature refuses. */
export const goldenRows = ({ name, version, signature, golden }: ModelPackage): readonly Row[] => {
  const checks = checkRows(
    signature,
    (golden?.cases ?? []).map(({ input }) => input),
  );
  const problems = checks.flatMap((check, index) =>
    'problems' in check
      ? check.problems.map(({ field, expected, got }) =>
          problem(
            `Golden case ${index + 1} of "${name}" v${version}: input "${field}" expected ${expected}, got ${got}.`,
          ),
        )
      : [],
  );
  if (problems.length > 0) throw new PackageError(problems.slice(0, toldFailures));
  return checks.flatMap((check) => ('row' in check ? [check.row] : []));
};

/** Runs every golden case and names those whose answer is not the recorded one. */
export const checkGolden = async (
  model: ModelPackage,
  rows: readonly Row[],
  predict: (rows: readonly Row[]) => Promise<BatchResult>,
): Promise<GoldenReport> => {
  const golden = model.golden;
  if (!golden) return { cases: 0, failures: [] };
  const outcomes: RowOutcome[] = [];
  for (let start = 0; start < rows.length; start += rowsPerBatch) {
    outcomes.push(...(await predict(rows.slice(start, start + rowsPerBatch))).outcomes);
  }
  const problems = golden.cases.flatMap((goldenCase, index) =>
    failuresOf(goldenCase, outcomes[index], golden).map((failure) =>
      problem(`Golden case ${index + 1} of "${model.name}" v${model.version}: ${failure}`),
    ),
  );
  return { cases: golden.cases.length, failures: withCount(problems) };
};

const withCount = (problems: readonly PackageProblem[]): readonly PackageProblem[] =>
  problems.length <= toldFailures
    ? problems
    : [
        ...problems.slice(0, toldFailures),
        problem(`${problems.length - toldFailures} more differences in golden cases.`),
      ];

const problem = (message: string): PackageProblem => ({ where: 'golden.jsonl', message });

const failuresOf = (
  { output }: GoldenCase,
  outcome: RowOutcome | undefined,
  { tolerance }: GoldenSet,
): readonly string[] => {
  if (!outcome) return ['the engine gave no answer.'];
  if ('failure' in outcome) return [outcome.failure.message];
  if ('outputs' in outcome) return compareOutput(output, outcome.outputs, tolerance).map(({ message }) => message);
  const { field, expected, got } = outcome.problem;
  return [`input "${field}" expected ${expected}, got ${got}.`];
};
