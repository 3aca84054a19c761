import type { Dtype } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { datatypeOf } from './datatype.ts';
import type { InferRequest, WireTensor } from './message.ts';
import type { OipLevel, OipModel } from './oip-model.ts';
import { listNames, quoteName } from './quote-name.ts';

/**
 * Which level a request speaks: its parameter `level` says it, else its inputs do: with names and datatypes of the session
 * the tensor level, with those of the signature the row level; where no datatypes fit, the names decide, so that the
 * refusal names the tensor at fault.
 */
export function levelOf(request: InferRequest, model: OipModel): OipLevel {
  const { level } = request.parameters;
  if (level === 'tensor' || level === 'row') return level;
  if (level !== undefined) {
    throw new ContractError('INVALID_REQUEST', 'The parameter "level": expected "tensor" or "row".');
  }
  const areTensors = request.inputs.every((input) => fits(input, model.sessionInputs));
  const areFields = request.inputs.every((input) => fits(input, model.rowInputs));
  // Rows may leave optional fields out, a session takes all of its inputs.
  const isSome = request.inputs.length > 0 && request.inputs.length < model.sessionInputs.size;
  if (areTensors && !(isSome && areFields)) return 'tensor';
  if (areFields) return 'row';
  const names = request.inputs.map(({ name }) => name);
  if (names.every((name) => model.sessionInputs.has(name))) return 'tensor';
  if (names.every((name) => model.rowInputs.has(name))) return 'row';
  throw new ContractError(
    'INPUT_MISMATCH',
    `Model ${quoteName(model.name)} takes the tensors of its session (${listNames([...model.sessionInputs.keys()])}) ` +
      `or the fields of its rows (${listNames([...model.rowInputs.keys()])}), got ${listNames(names)}.`,
  );
}

function fits({ name, datatype }: WireTensor, specs: ReadonlyMap<string, { readonly dtype: Dtype }>): boolean {
  const spec = specs.get(name);
  return spec !== undefined && datatypeOf(spec.dtype) === datatype;
}
