export type EngineErrorCode = 'ENGINE_CRASHED' | 'ENGINE_UNAVAILABLE' | 'DEADLINE_EXCEEDED' | 'INFERENCE_FAILED';

/** A batch that got no answer. Messages name no path, no source line, no stack. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}
