export { createPredictor } from './create-predictor.ts';
export { createClient } from './client.ts';
export type { ModelSummary, Predictor, ServerInfo } from './client.ts';
export type { ModelIdentity, PredictionTiming } from './decode-predictions.ts';
export type { ImageInput, ImageSource } from './image-source.ts';
export type { Datatype, DatatypeArrays } from './infer/datatype.ts';
export type { InferCalls } from './infer/infer-calls.ts';
export type { InferOptions } from './infer/infer-options.ts';
export type {
  Float16Numbers,
  InferResult,
  InputTensor,
  InputTensors,
  NamedTensor,
  ModelMetadata,
  OutputTensor,
  TensorData,
  TensorMetadata,
} from './infer/tensor.ts';
export type { JsonObject } from './is-object.ts';
export type { ModelClient, UntypedModel, WithPrediction } from './model-client.ts';
export type { ModelShape, ModelTypes, OutputKind } from './model-shape.ts';
export type { CallOptions, HeaderValues, PredictOptions, PredictorOptions, PredictRowsOptions } from './options.ts';
export {
  AbortedError,
  ConnectionError,
  InputMismatchError,
  InvalidInputError,
  InvalidResponseError,
  isPredictorError,
  PredictorError,
  ResponseError,
  TimeoutError,
} from './predictor-error.ts';
export type { Clock } from './clock.ts';
export type {
  ClientErrorCode,
  ErrorContext,
  PredictorErrorCode,
  PredictorFailure,
  RowProblem,
} from './predictor-error.ts';
export { PredictorPromise } from './predictor-promise.ts';
export type { WithResponse } from './predictor-promise.ts';
export type { RowOutcome } from './row-outcome.ts';
export type { ErrorCode } from './generated/error-codes.ts';
export type { Models } from './generated/models.ts';
