import { elementCount } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';

const maxRank = 64;

/**
 * The number of elements of a shape from the wire, in safe integers: nothing has memory yet. `subject` begins the
 * messages. Throws `INVALID_REQUEST`.
 */
export function countElements(shape: readonly number[], subject: string): number {
  try {
    return elementCount(shape);
  } catch {
    const limit = Number.MAX_SAFE_INTEGER;
    throw new ContractError(
      'INVALID_REQUEST',
      `${subject}: its shape causes total element count to exceed maximum size of ${limit}.`,
    );
  }
}

/** Sizes of a JSON array: whole numbers of at least 0. */
export function readShape(shape: unknown, subject: string): readonly number[] {
  const isShape =
    Array.isArray(shape) &&
    shape.length <= maxRank &&
    shape.every((size) => typeof size === 'number' && Number.isSafeInteger(size) && size >= 0);
  if (isShape) return (shape as readonly number[]).map((size) => size + 0);
  throw new ContractError(
    'INVALID_REQUEST',
    `${subject}: expected "shape" to be an array of at most ${maxRank} whole numbers from 0 to ${Number.MAX_SAFE_INTEGER}.`,
  );
}
