import { quoteText } from '@web-single/tensor';
import { ContractError } from '../../contract-error.ts';
import type { ErrorCode } from '../../error-catalog.ts';

/** The input an error is about, and the model as the request names it. */
export interface InputPlace {
  readonly name: string;
  readonly model: string;
}

export function inputError(code: ErrorCode, { name, model }: InputPlace, text: string): ContractError {
  return new ContractError(code, `Input ${quoteText(name)} of model ${quoteText(model)}: ${text}`);
}

export function parameterError(name: string, text: string): ContractError {
  return new ContractError('INVALID_REQUEST', `Parameter ${quoteText(name)}: ${text}`);
}
