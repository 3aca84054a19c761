import { ContractError } from '../contract-error.ts';

/** Most BYTES elements of a request, all inputs together: each becomes an object of its own, within one turn of the loop. */
export const MAX_BYTES_ELEMENTS = 2 ** 17;

/** Told before any is read. Throws `PAYLOAD_TOO_LARGE`. */
export function checkBytesElements(count: number): void {
  if (count <= MAX_BYTES_ELEMENTS) return;
  throw new ContractError(
    'PAYLOAD_TOO_LARGE',
    `The request has more than ${MAX_BYTES_ELEMENTS} BYTES elements: split it.`,
  );
}
