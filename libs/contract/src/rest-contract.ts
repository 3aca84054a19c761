/** The only file that knows ts-rest. To leave it: keep `restContract` as plain `{ method, path, … }` objects (see README). */
import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { modelDescriptionSchema, modelListSchema } from './model-description.ts';
import { oipRoutes } from './oip/oip-routes.ts';
import { predictResponseSchema } from './predict-response.ts';
import { problemSchema } from './problem.ts';
import { readinessSchema, serverInfoSchema } from './server-info.ts';

const contract = initContract();

const modelParams = z.object({ model: z.string().min(1).describe('Name of the model, as GET /v1/models lists it.') });
const versionParams = modelParams.extend({ version: z.string().min(1).describe('Version of the model.') });
/** Query of every predict route. */
export const predictQuery = z.object({
  onError: z
    .enum(['request', 'row'])
    .exactOptional()
    .describe('"row": bad rows do not refuse the request; each gets {"error": …} in its place.'),
});
const predictBody = z.strictObject({
  rows: z.array(z.unknown()).min(1).describe("Rows of the model's signature."),
});

const predictResponses = { 200: predictResponseSchema, 422: problemSchema } as const;

/** Static routes of the server. Every error is a problem; only those with a body of their own are listed. */
export const restContract = contract.router(
  {
    predict: {
      method: 'POST',
      path: '/v1/models/:model/predict',
      pathParams: modelParams,
      query: predictQuery,
      body: predictBody,
      responses: predictResponses,
      summary: 'Predict with the active version of a model',
    },
    predictVersion: {
      method: 'POST',
      path: '/v1/models/:model/versions/:version/predict',
      pathParams: versionParams,
      query: predictQuery,
      body: predictBody,
      responses: predictResponses,
      summary: 'Predict with a named version of a model',
    },
    predictDefault: {
      method: 'POST',
      path: '/predict',
      query: predictQuery,
      body: predictBody,
      responses: predictResponses,
      summary: 'Predict with the default model',
    },
    listModels: {
      method: 'GET',
      path: '/v1/models',
      responses: { 200: modelListSchema },
      summary: 'List the models',
    },
    getModel: {
      method: 'GET',
      path: '/v1/models/:model',
      pathParams: modelParams,
      responses: { 200: modelDescriptionSchema, 404: problemSchema },
      summary: 'Describe a model: signature, card, examples, versions',
    },
    server: {
      method: 'GET',
      path: '/v1/server',
      responses: { 200: serverInfoSchema },
      summary: 'Versions of the server and its components',
    },
    livez: {
      method: 'GET',
      path: '/livez',
      responses: { 200: z.object({ status: z.literal('ok') }) },
      summary: 'Is the process alive?',
    },
    readyz: {
      method: 'GET',
      path: '/readyz',
      responses: { 200: readinessSchema, 503: readinessSchema },
      summary: 'May traffic be sent here?',
    },
    startupz: {
      method: 'GET',
      path: '/startupz',
      responses: { 200: readinessSchema, 503: readinessSchema },
      summary: 'Has the start been finished?',
    },
    metrics: {
      method: 'GET',
      path: '/metrics',
      responses: { 200: contract.otherResponse({ contentType: 'text/plain; version=0.0.4', body: z.string() }) },
      summary: 'Metrics in the Prometheus text format',
    },
    openapi: {
      method: 'GET',
      path: '/openapi.json',
      responses: { 200: z.record(z.string(), z.unknown()) },
      summary: 'This description',
    },
    ...oipRoutes,
  },
  { strictStatusCodes: false },
);

export type RestContract = typeof restContract;
export type RouteName = keyof RestContract;

/** One static route without ts-rest's types: what the OpenAPI emitter and other bindings read. */
export interface RouteDescription {
  readonly name: RouteName;
  readonly method: 'GET' | 'POST';
  /** With `:parameter` segments. */
  readonly path: string;
  readonly summary: string;
  readonly pathParams: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  /** By status; `contentType` is `application/json` unless the route says otherwise. */
  readonly responses: readonly {
    readonly status: number;
    readonly contentType: string;
    readonly schema: z.ZodType;
  }[];
}

interface OtherResponse {
  readonly contentType: string;
  readonly body: z.ZodType;
}

/** Every static route, in the contract's order. */
export function describeRoutes(): RouteDescription[] {
  return (Object.keys(restContract) as RouteName[]).map((name) => {
    const route: Partial<Record<'pathParams' | 'query' | 'body', unknown>> & RestContract[RouteName] =
      restContract[name];
    return {
      name,
      method: route.method,
      path: route.path,
      summary: route.summary,
      pathParams: route.pathParams as z.ZodType | undefined,
      query: route.query as z.ZodType | undefined,
      body: route.body as z.ZodType | undefined,
      responses: Object.entries(route.responses).map(([status, response]) => {
        const isSchema = response instanceof z.ZodType;
        return {
          status: Number(status),
          contentType: isSchema ? 'application/json' : (response as OtherResponse).contentType,
          schema: isSchema ? response : (response as OtherResponse).body,
        };
      }),
    };
  });
}
