import { ContractError } from '../../contract-error.ts';

/** The error that a call throws, which must be a `ContractError`. */
export function errorOf(call: () => unknown): ContractError {
  try {
    call();
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('Expected an error.');
}
