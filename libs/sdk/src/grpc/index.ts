export { createGrpcPredictor } from './create-grpc-predictor.ts';
export type { GrpcInferOptions, GrpcPredictor } from './create-grpc-predictor.ts';
export type { GrpcCallOptions, GrpcModelOptions, GrpcPredictorOptions } from './grpc-options.ts';
