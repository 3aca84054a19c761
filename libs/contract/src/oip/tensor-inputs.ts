import { tensor } from '@web-single/tensor';
import type { Dim, Tensor, TensorSpec } from '@web-single/tensor';
import { decodeTexts } from './bytes-text.ts';
import { checkNames } from './check-names.ts';
import { datatypeOf } from './datatype.ts';
import { describeWire, inputMismatch } from './input-problem.ts';
import type { InputProblem } from './input-problem.ts';
import type { InferRequest, WireTensor } from './message.ts';
import { wireShape } from './model-metadata.ts';
import type { NamedTensors, OipModel } from './oip-model.ts';
import { listNames, quoteName } from './quote-name.ts';

/** A size that the first input with it fixes for all others. */
type Sizes = Map<string, { readonly size: number; readonly input: string }>;

/**
 * The tensors of a request at the tensor level: exactly one per session input, in the session's order, each of the
 * declared dtype and dims. Dims of one name, and the batch, have one size. Throws `INPUT_MISMATCH` with all problems.
 */
export function tensorsOf(request: InferRequest, model: OipModel): NamedTensors {
  const problems = [...checkNames(request, model.sessionInputs, describeInput)];
  const sent = new Map(request.inputs.map((input) => [input.name, input]));
  const sizes: Sizes = new Map();
  const entries: [string, Tensor][] = [];
  for (const spec of model.sessionInputs.values()) {
    const input = sent.get(spec.name);
    if (input === undefined) continue;
    const problem = checkKind(input, spec) ?? checkSizes(input, spec, model, sizes);
    const read = problem === undefined ? readTensor(input, spec) : { problem };
    if ('problem' in read) problems.push(read.problem);
    else entries.push([spec.name, read.tensor]);
  }
  if (problems.length > 0) throw inputMismatch(withLevelHint(problems, request, model), model.name);
  return Object.fromEntries(entries);
}

function describeInput({ dtype, dims }: TensorSpec): string {
  return describeWire({ datatype: datatypeOf(dtype), shape: wireShape(dims) });
}

function checkKind(input: WireTensor, spec: TensorSpec): InputProblem | undefined {
  const { name, shape } = input;
  const { dims } = spec;
  const fits =
    input.datatype === datatypeOf(spec.dtype) &&
    shape.length === dims.length &&
    dims.every((dim, axis) => typeof dim !== 'number' || dim === shape[axis]);
  return fits ? undefined : { name, expected: describeInput(spec), got: describeWire(input) };
}

/** The batch is one size whatever the inputs call it, and so is every dim of one name. */
function checkSizes(
  { name, shape }: WireTensor,
  { dims }: TensorSpec,
  { batchable }: OipModel,
  sizes: Sizes,
): InputProblem | undefined {
  if (batchable && shape[0] === 0) return { name, expected: 'a batch of at least 1', got: '0' };
  for (const [axis, dim] of dims.entries()) {
    const size = shape[axis] ?? 0;
    const what = batchable && axis === 0 ? 'a batch of' : `${quoteName(String(dim))} to be`;
    for (const key of sizeKeys(dim, batchable && axis === 0)) {
      const first = sizes.get(key);
      if (first === undefined) sizes.set(key, { size, input: name });
      else if (first.size !== size) {
        return { name, expected: `${what} ${first.size} as in input ${quoteName(first.input)}`, got: String(size) };
      }
    }
  }
  return undefined;
}

/** No graph has a dim named like the key of the batch. */
function sizeKeys(dim: Dim, isBatch: boolean): readonly string[] {
  return [...(isBatch ? ['\0batch'] : []), ...(typeof dim === 'string' && dim !== '' ? [dim] : [])];
}

function readTensor(input: WireTensor, { dtype }: TensorSpec): { tensor: Tensor } | { problem: InputProblem } {
  if (input.datatype !== 'BYTES') return { tensor: input.tensor };
  const read = decodeTexts(input.elements);
  if ('texts' in read) return { tensor: tensor('string', input.shape, read.texts) };
  return { problem: { name: input.name, expected: `${datatypeOf(dtype)} of UTF-8 text without NUL`, got: read.got } };
}

/** Where session and signature share their names, rows may have been meant. */
function withLevelHint(
  problems: readonly InputProblem[],
  { inputs }: InferRequest,
  model: OipModel,
): readonly InputProblem[] {
  const mayBeRows = model.hasSteps && inputs.length > 0 && inputs.every(({ name }) => model.rowInputs.has(name));
  if (!mayBeRows) return problems;
  const hint = `To send rows (${listNames([...model.rowInputs.keys()])}), set the request parameter "level" to "row".`;
  return problems.map((problem, index) => (index === 0 ? { ...problem, hint } : problem));
}
