import { ContractError } from '../contract-error.ts';
import type { InferRequest } from './message.ts';
import type { OipLevel, OipModel } from './oip-model.ts';
import { listNames, quoteName } from './quote-name.ts';

/**
 * Which level a request speaks: its parameter `level` says it, else the names of its inputs do: all of the session's, or
 * else all of the signature's.
 */
export function levelOf(request: InferRequest, model: OipModel): OipLevel {
  const { level } = request.parameters;
  if (level === 'tensor' || level === 'row') return level;
  if (level !== undefined) {
    throw new ContractError('INVALID_REQUEST', 'The parameter "level": expected "tensor" or "row".');
  }
  const names = request.inputs.map(({ name }) => name);
  if (names.every((name) => model.sessionInputs.has(name))) return 'tensor';
  if (names.every((name) => model.rowInputs.has(name))) return 'row';
  throw new ContractError(
    'INPUT_MISMATCH',
    `Model ${quoteName(model.name)} takes the tensors of its session (${listNames([...model.sessionInputs.keys()])}) ` +
      `or the fields of its rows (${listNames([...model.rowInputs.keys()])}), got ${listNames(names)}.`,
  );
}
