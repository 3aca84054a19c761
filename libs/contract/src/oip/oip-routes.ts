import { z } from 'zod';

/** Body of every error below `/v2`: clients read `error`, ours decide by `code`. */
export const oipErrorSchema = z.object({
  error: z.string().min(1).describe('What happened, in a full sentence.'),
  code: z.string().describe('A code of the catalogue, see /docs/errors.'),
  requestId: z.string().describe('Also in the header x-request-id and in the log.'),
});

const modelParams = z.object({ model: z.string().min(1).describe('Name of the model, as /v2/models lists it.') });
const versionParams = modelParams.extend({ version: z.string().min(1).describe('Version of the model.') });

const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const shape = z.array(z.int().min(0)).describe('The full shape, with the batch where there is one.');
const datatype = z.enum([
  'BOOL',
  'UINT8',
  'UINT16',
  'UINT32',
  'UINT64',
  'INT8',
  'INT16',
  'INT32',
  'INT64',
  'FP16',
  'FP32',
  'FP64',
  'BYTES',
]);

const tensorMetadata = z.object({
  name: z.string(),
  datatype,
  shape: z.array(z.int().min(-1)).describe('−1 for a dimension that varies.'),
});

const inferRequest = z.object({
  id: z.string().exactOptional().describe('Echoed in the answer.'),
  parameters: parameters.exactOptional(),
  inputs: z.array(
    z.object({
      name: z.string(),
      shape,
      datatype,
      parameters: parameters.exactOptional(),
      data: z
        .array(z.unknown())
        .exactOptional()
        .describe('Row-major, flat or nested; left out where the bytes follow.'),
    }),
  ),
  outputs: z
    .array(z.object({ name: z.string(), parameters: parameters.exactOptional() }))
    .exactOptional()
    .describe('The outputs wanted, in order; left out: all.'),
});

const inferResponse = z.object({
  model_name: z.string(),
  model_version: z.string(),
  id: z.string().exactOptional(),
  parameters: parameters.exactOptional(),
  outputs: z.array(
    z.object({
      name: z.string(),
      shape,
      datatype,
      parameters: parameters.exactOptional(),
      data: z.array(z.unknown()).exactOptional(),
    }),
  ),
});

const modelMetadata = z.object({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(tensorMetadata),
  outputs: z.array(tensorMetadata),
  properties: z.record(z.string(), z.string()).describe('Which level the tensors are of, and those of the other one.'),
});

const duration = z.object({ count: z.int().min(0), ns: z.number().min(0) });
const statistics = z.object({
  model_stats: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      last_inference: z.number().min(0),
      inference_count: z.int().min(0).describe('Rows answered.'),
      execution_count: z.int().min(0).describe('Runs of the session.'),
      inference_stats: z.record(z.string(), duration),
      batch_stats: z.array(
        z.object({
          batch_size: z.int().min(1),
          compute_input: duration,
          compute_infer: duration,
          compute_output: duration,
        }),
      ),
    }),
  ),
});

const repositoryIndex = z.array(
  z.object({ name: z.string(), version: z.string(), state: z.string(), reason: z.string() }),
);
const config = z.record(z.string(), z.unknown()).describe("The model's configuration, as Triton names it.");
const modelReady = z.object({ name: z.string(), ready: z.boolean() });
const unknown = { 404: oipErrorSchema } as const;
const inferResponses = { 200: inferResponse, 400: oipErrorSchema, 404: oipErrorSchema } as const;

/** Routes of the Open Inference Protocol on the data listener, named `oip…`. */
export const oipRoutes = {
  oipServer: {
    method: 'GET',
    path: '/v2',
    responses: { 200: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }) },
    summary: 'Name, version and extensions of the server',
  },
  oipLive: {
    method: 'GET',
    path: '/v2/health/live',
    responses: { 200: z.object({ live: z.boolean() }) },
    summary: 'Is the process alive?',
  },
  oipReady: {
    method: 'GET',
    path: '/v2/health/ready',
    responses: { 200: z.object({ ready: z.boolean() }), 503: z.object({ ready: z.boolean() }) },
    summary: 'May traffic be sent here?',
  },
  oipModels: {
    method: 'GET',
    path: '/v2/models',
    responses: { 200: z.object({ models: z.array(z.string()) }) },
    summary: 'Names of the models',
  },
  oipAllStatistics: {
    method: 'GET',
    path: '/v2/models/stats',
    responses: { 200: statistics },
    summary: 'Statistics of all models',
  },
  oipModel: {
    method: 'GET',
    path: '/v2/models/:model',
    pathParams: modelParams,
    responses: { 200: modelMetadata, ...unknown },
    summary: 'Inputs and outputs of a model',
  },
  oipModelVersion: {
    method: 'GET',
    path: '/v2/models/:model/versions/:version',
    pathParams: versionParams,
    responses: { 200: modelMetadata, ...unknown },
    summary: 'Inputs and outputs of a version of a model',
  },
  oipModelReady: {
    method: 'GET',
    path: '/v2/models/:model/ready',
    pathParams: modelParams,
    responses: { 200: modelReady, 503: modelReady, ...unknown },
    summary: 'Is the model ready?',
  },
  oipModelVersionReady: {
    method: 'GET',
    path: '/v2/models/:model/versions/:version/ready',
    pathParams: versionParams,
    responses: { 200: modelReady, 503: modelReady, ...unknown },
    summary: 'Is the version of the model ready?',
  },
  oipInfer: {
    method: 'POST',
    path: '/v2/models/:model/infer',
    pathParams: modelParams,
    body: inferRequest,
    responses: inferResponses,
    summary: 'Infer from tensors with the active version of a model',
  },
  oipInferVersion: {
    method: 'POST',
    path: '/v2/models/:model/versions/:version/infer',
    pathParams: versionParams,
    body: inferRequest,
    responses: inferResponses,
    summary: 'Infer from tensors with a named version of a model',
  },
  oipConfig: {
    method: 'GET',
    path: '/v2/models/:model/config',
    pathParams: modelParams,
    responses: { 200: config, ...unknown },
    summary: 'Configuration of a model',
  },
  oipConfigVersion: {
    method: 'GET',
    path: '/v2/models/:model/versions/:version/config',
    pathParams: versionParams,
    responses: { 200: config, ...unknown },
    summary: 'Configuration of a version of a model',
  },
  oipStatistics: {
    method: 'GET',
    path: '/v2/models/:model/stats',
    pathParams: modelParams,
    responses: { 200: statistics, ...unknown },
    summary: 'Statistics of a model',
  },
  oipStatisticsVersion: {
    method: 'GET',
    path: '/v2/models/:model/versions/:version/stats',
    pathParams: versionParams,
    responses: { 200: statistics, ...unknown },
    summary: 'Statistics of a version of a model',
  },
  oipRepositoryIndex: {
    method: 'POST',
    path: '/v2/repository/index',
    body: z.object({ ready: z.boolean().exactOptional() }),
    responses: { 200: repositoryIndex, 400: oipErrorSchema },
    summary: 'Every known version of every model, with its state',
  },
} as const;
