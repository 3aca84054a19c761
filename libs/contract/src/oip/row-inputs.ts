import { ContractError } from '../contract-error.ts';
import { checkNames } from './check-names.ts';
import { describeWire, inputMismatch } from './input-problem.ts';
import type { InputProblem } from './input-problem.ts';
import type { InferRequest, WireTensor } from './message.ts';
import type { OipModel } from './oip-model.ts';
import { quoteName } from './quote-name.ts';
import { readColumn } from './read-column.ts';
import type { RowSpec } from './row-spec.ts';

/** Beyond it rows would be made from nothing: an element of a tensor field may have no bytes. */
const defaultMaxRows = 1_000_000;

/**
 * The rows of a request at the row level, for the signature's own check: datatypes and shapes are right, values are as
 * sent. Optional inputs may be left out. Throws `INPUT_MISMATCH` with all problems, `PAYLOAD_TOO_LARGE` for too many rows.
 */
export function rowsOf(
  request: InferRequest,
  model: OipModel,
  { maxRows = defaultMaxRows }: { readonly maxRows?: number } = {},
): readonly unknown[] {
  const problems = [...checkNames(request, model.rowInputs, describeWire)];
  const columns = new Map<string, readonly unknown[]>();
  let first: WireTensor | undefined;
  for (const input of request.inputs) {
    const spec = model.rowInputs.get(input.name);
    if (spec === undefined) continue;
    const problem = checkShape(input, spec) ?? checkRowCount(input, first ?? input, maxRows);
    const column = problem ?? readColumn(input, spec);
    if (isProblem(column)) problems.push(column);
    else columns.set(spec.name, column);
    if (problem === undefined) first ??= input;
  }
  if (request.inputs.length === 0) problems.push(noRows(model));
  if (problems.length > 0) throw inputMismatch(problems, model.name);
  return Array.from({ length: first?.shape[0] ?? 0 }, (_, row) => rowAt(columns, row));
}

function rowAt(columns: ReadonlyMap<string, readonly unknown[]>, row: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Array.from(columns, ([name, column]) => [name, column[row]]));
}

function isProblem(value: readonly unknown[] | InputProblem): value is InputProblem {
  return !Array.isArray(value);
}

function noRows({ rowInputs }: OipModel): InputProblem {
  const [name = ''] = rowInputs.keys();
  return { name, expected: 'at least one input that says how many rows there are', got: 'none' };
}

/** `[rows]` may also come as `[rows, 1]`. */
function checkShape(input: WireTensor, spec: RowSpec): InputProblem | undefined {
  const { name, shape } = input;
  const isColumn = spec.shape.length === 1 && shape.length === 2 && shape[1] === 1;
  const isSame =
    shape.length === spec.shape.length && spec.shape.every((size, axis) => size < 0 || size === shape[axis]);
  if (input.datatype !== spec.datatype || !(isColumn || isSame)) {
    return { name, expected: describeWire(spec), got: describeWire(input) };
  }
  return shape[0] === 0 ? { name, expected: 'at least 1 row', got: '0' } : undefined;
}

function checkRowCount({ name, shape }: WireTensor, first: WireTensor, maxRows: number): InputProblem | undefined {
  const [rows = 0] = shape;
  if (rows > maxRows) {
    throw new ContractError('PAYLOAD_TOO_LARGE', `The request has more than ${maxRows} rows: split it.`);
  }
  if (rows === first.shape[0]) return undefined;
  return { name, expected: `${first.shape[0]} rows as in input ${quoteName(first.name)}`, got: String(rows) };
}
