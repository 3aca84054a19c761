export { codeOfHttpStatus, ERROR_CATALOG, ERROR_CODES, GRPC_STATUS, isErrorCode } from './error-catalog.ts';
export type { ErrorCode, ErrorEntry, GrpcStatusName } from './error-catalog.ts';
export { writeErrorsPage } from './errors-page.ts';
export { ContractError } from './contract-error.ts';
export { PROBLEM_CONTENT_TYPE, problemSchema, problemType, toProblem } from './problem.ts';
export type { Problem, ProblemContext } from './problem.ts';
export { describeRoutes, restContract } from './rest-contract.ts';
export type { RestContract, RouteDescription, RouteName } from './rest-contract.ts';
export { openJson, parseJson } from './parse-json.ts';
export type { ParseJsonOptions } from './parse-json.ts';
export type { JsonReader } from './json-reader.ts';
export { needsExactIntegers } from './exact-integers.ts';
export { decodePredictBody } from './predict-request.ts';
export type { PredictBody } from './predict-request.ts';
export { encodePrediction, predictResponseSchema } from './predict-response.ts';
export type { PredictionTiming, PredictResult, RowAnswer } from './predict-response.ts';
export { encodeRow, encodeValue } from './encode-value.ts';
export type { JsonValue } from './encode-value.ts';
export { writeJson, writeReadJson } from './write-json.ts';
export { modelDescriptionSchema, modelListSchema, modelSummarySchema } from './model-description.ts';
export type { ModelDescription, ModelExample, ModelSummary } from './model-description.ts';
export { encodeExamples } from './encode-examples.ts';
export type { ExampleCase } from './encode-examples.ts';
export { readinessSchema, serverInfoSchema } from './server-info.ts';
export type { Readiness, ServerInfo } from './server-info.ts';
export { createOpenApi } from './openapi.ts';
export type { OpenApiDocument, OpenApiServer } from './openapi.ts';
export { createSdkFolder, createSdkSource } from './sdk-source.ts';
export type { SourceFiles } from './sdk-source.ts';
export { datatypeOf, dtypeOf } from './oip/datatype.ts';
export type { Datatype } from './oip/datatype.ts';
export type { InferRequest, InferResponse, Parameters, RequestedOutput, WireTensor } from './oip/message.ts';
export type {
  BatchStatistic,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  RepositoryState,
  ServerMetadata,
  StatisticDuration,
  StatisticName,
  TensorMetadata,
} from './oip/model-facts.ts';
export type { ConfigDatatype, ConfigTensor, ModelConfig } from './oip/model-config.ts';
export { describeOipModel } from './oip/oip-model.ts';
export type { NamedTensors, OipLevel, OipModel, OipModelSource } from './oip/oip-model.ts';
export type { RowSpec } from './oip/row-spec.ts';
export { rowLevel } from './oip/row-level.ts';
export type { RowLevel, RowTensor } from './oip/row-level.ts';
export { modelMetadata } from './oip/model-metadata.ts';
export { modelConfig } from './oip/describe-config.ts';
export { OIP_EXTENSIONS } from './oip/extensions.ts';
export { levelOf } from './oip/level.ts';
export { tensorsOf } from './oip/tensor-inputs.ts';
export { rowsOf } from './oip/row-inputs.ts';
export { checkRequestedOutputs } from './oip/requested-outputs.ts';
export { responseFromRows, responseFromTensors } from './oip/infer-response.ts';
export { checkRequestParameters, requestedOutput, timeoutOf } from './oip/parameters.ts';
export { splitInferBody } from './oip/split-infer-body.ts';
export type { InferBody } from './oip/split-infer-body.ts';
export { decodeInferJson } from './oip/decode-infer-json.ts';
export { decodeRawInfer } from './oip/decode-raw-infer.ts';
export { encodeInferResponse } from './oip/encode-infer-response.ts';
export type { EncodedInferResponse } from './oip/encode-infer-response.ts';
export { decodeBinaryTensor, encodeBinaryTensor } from './oip/binary-tensor.ts';
export type { BinaryTarget } from './oip/binary-tensor.ts';
export { oipHttpStatus, toOipError, unknownModelMessage } from './oip/oip-error.ts';
export type { OipError } from './oip/oip-error.ts';
export { decodeModelInfer, wantsTypedContents } from './oip/grpc/decode-model-infer.ts';
export { encodeModelInfer, writeModelInfer, writeModelStreamInfer } from './oip/grpc/encode-model-infer.ts';
export {
  encodeModelConfig,
  encodeModelMetadata,
  encodeModelStatistics,
  encodeRepositoryIndex,
  encodeServerMetadata,
} from './oip/grpc/encode-model-facts.ts';
export { readModelInfer } from './oip/grpc/read-model-infer.ts';
export { GRPCInferenceService } from './oip/grpc/generated/inference/grpc_service_pb.ts';
export type {
  ModelInferRequest,
  ModelInferResponse,
  ModelStreamInferResponse,
} from './oip/grpc/generated/inference/grpc_service_pb.ts';
export { Health, HealthCheckResponse_ServingStatus } from './oip/grpc/generated/grpc/health/v1/health_pb.ts';
export { ServerReflection } from './oip/grpc/generated/grpc/reflection/v1/reflection_pb.ts';
export type {
  ServerReflectionRequest,
  ServerReflectionResponse,
} from './oip/grpc/generated/grpc/reflection/v1/reflection_pb.ts';
export { ServerReflection as ServerReflectionV1Alpha } from './oip/grpc/generated/grpc/reflection/v1alpha/reflection_pb.ts';
