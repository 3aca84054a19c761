import type { Fact, ModelPackage } from './model-package.ts';

/** The text that `predictor inspect PATH` prints: every fact with its source, guesses as assumptions. */
export function describePackage(modelPackage: ModelPackage): string {
  const { name, version, task, digest, golden } = modelPackage;
  const assumed = modelPackage.facts.filter(({ confidence }) => confidence === 'assumed');
  const known = modelPackage.facts.filter(({ confidence }) => confidence !== 'assumed');
  const lines = [
    `${name} version ${version} (${task})`,
    `digest  ${digest}`,
    `golden  ${golden === undefined ? 'none: nothing proves that this model answers as it was trained to' : `${golden.cases.length} cases`}`,
    '',
    'Session',
    ...table(modelPackage.sessionInputs.map((spec) => [`  in   ${spec.name}`, `${spec.dtype} [${dims(spec.dims)}]`])),
    ...table(modelPackage.sessionOutputs.map((spec) => [`  out  ${spec.name}`, `${spec.dtype} [${dims(spec.dims)}]`])),
    '',
    'Facts',
    ...factLines(known),
    '',
    `Assumptions${assumed.length === 0 ? ': none' : ' (confirm them in model.yaml; --strict refuses them)'}`,
    ...factLines(assumed),
    ...stepLines(modelPackage),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function factLines(facts: readonly Fact[]): string[] {
  return table(facts.map(({ about, value, source }) => [`  ${about}`, value, `<- ${source}`]));
}

function stepLines({ before, after }: ModelPackage): string[] {
  const lines = [
    ...before.map((step) => ['  before', JSON.stringify(step)]),
    ...after.map((step) => ['  after', JSON.stringify(step)]),
  ];
  return lines.length === 0 ? [] : ['', 'Steps', ...table(lines)];
}

function dims(given: readonly unknown[]): string {
  return given.map((dim) => dim ?? '?').join(', ');
}

const maxColumn = 60;

/** Columns padded to the widest cell (of at most 60 characters). */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(maxColumn, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => printable(cell).padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Names come from files that others wrote: no control characters reach the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
