export { EngineError } from './engine-error.ts';
export type { EngineErrorCode } from './engine-error.ts';
export type { BatchResult, BatchTiming, Engine, EngineStatus, RowOutcome } from './engine.ts';
