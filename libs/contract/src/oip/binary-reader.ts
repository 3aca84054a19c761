import { ContractError } from '../contract-error.ts';
import { checkBytesElements } from './bytes-elements.ts';
import { nameInput, quoteName } from './quote-name.ts';

/** Hands out the bytes behind the JSON, tensor by tensor, and holds sums over all inputs against what there may be. */
export class BinaryReader {
  readonly modelName: string | undefined;
  readonly #bytes: Uint8Array;
  #offset = 0;
  #last: string | undefined;
  #bytesElements = 0;

  constructor(bytes: Uint8Array, modelName?: string) {
    this.#bytes = bytes;
    this.modelName = modelName;
  }

  /** The next `sizeBytes` bytes, a view. Throws `INVALID_REQUEST` where so many are not left. */
  take(sizeBytes: number, inputName: string): Uint8Array {
    const left = this.#bytes.length - this.#offset;
    const subject = nameInput(inputName, this.modelName);
    if (sizeBytes > left) throw invalid(`${subject}: expected ${sizeBytes} bytes behind the JSON, got ${left}.`);
    this.#last = subject;
    this.#offset += sizeBytes;
    return this.#bytes.subarray(this.#offset - sizeBytes, this.#offset);
  }

  /** Adds to the BYTES elements of the request, in JSON or behind it. Throws `PAYLOAD_TOO_LARGE` where they are too many. */
  countBytesElements(count: number): void {
    this.#bytesElements += count;
    checkBytesElements(this.#bytesElements);
  }

  /** Throws where bytes are left over. */
  end(): void {
    const left = this.#bytes.length - this.#offset;
    if (left === 0) return;
    const subject =
      this.#last ?? `The request${this.modelName === undefined ? '' : ` to model ${quoteName(this.modelName)}`}`;
    throw invalid(`${subject}: ${left} bytes are left over behind the last binary tensor.`);
  }
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
