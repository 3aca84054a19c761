export type TensorErrorCode =
  'INVALID_DTYPE' | 'INVALID_SHAPE' | 'INVALID_DATA' | 'STACK_MISMATCH' | 'NOT_FIXED_SIZE' | 'NOT_REPRESENTABLE';

/** A tensor that cannot exist, or an operation its dtype does not have. A caller's bad values are problems, never this. */
export class TensorError extends Error {
  readonly code: TensorErrorCode;

  constructor(code: TensorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TensorError';
    this.code = code;
  }
}
