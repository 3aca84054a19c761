import { askOver } from './ask.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { invalidResponse, isObject, parseReply } from './decode-predictions.ts';
import type { JsonObject, ModelIdentity, PredictionTiming } from './decode-predictions.ts';
import { createInferCalls } from './infer/infer-calls.ts';
import type { InferCalls } from './infer/infer-calls.ts';
import { createModelClient } from './model-client.ts';
import type { ModelClient, UntypedModel, WithPrediction } from './model-client.ts';
import type { ModelShape, ModelTypes } from './model-shape.ts';
import type { CallOptions, PredictOptions, PredictorOptions } from './options.ts';
import { ResponseError } from './predictor-error.ts';
import type { PredictorPromise } from './predictor-promise.ts';
import type { WithResponse } from './predictor-promise.ts';
import { RetryBudget } from './retry-budget.ts';
import type { Connection, HttpReply } from './send.ts';
import { parseBaseUrl } from './urls.ts';

export type { CallOptions, JsonObject, ModelClient, ModelIdentity, PredictOptions, PredictionTiming, PredictorOptions };
export type { ModelShape, ModelTypes, PredictorPromise, UntypedModel, WithPrediction, WithResponse };

export interface ServerInfo {
  readonly name: string;
  readonly version: string;
  readonly components: Readonly<Record<string, string>>;
  readonly runtime: Readonly<Record<string, string>>;
  /** Where gRPC is heard; left out where it is off, or nobody can tell. */
  readonly grpcPort?: number;
  /** What the operator changed without new packages. */
  readonly overrides?: { readonly sha256: string; readonly models: readonly string[] };
}

export interface ModelSummary {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
  readonly task: string;
  readonly description: string;
  readonly ready: boolean;
  readonly default: boolean;
}

/** A client for one server. `Types` has what the compiler knows of its models. */
export interface Predictor<Types extends { readonly [Name in keyof Types]: ModelTypes }> extends InferCalls {
  /** The models this client was generated for. */
  readonly models: { readonly [Name in keyof Types]: ModelClient<Types[Name]> };
  /** Any model of the server by name, without types. */
  model(name: string): ModelClient<UntypedModel>;
  listModels(options?: CallOptions): PredictorPromise<readonly ModelSummary[]>;
  server(options?: CallOptions): PredictorPromise<ServerInfo>;
  /** False while the server is loading, draining or has a model that failed. Rejects where it cannot be reached. */
  ready(options?: CallOptions): Promise<boolean>;
}

/** What a generated client calls: a predictor for the models of the table. The clock is a seam for tests. */
export function createClient<Types extends { readonly [Name in keyof Types]: ModelTypes }>(
  table: Readonly<Record<keyof Types & string, ModelShape>>,
  options: PredictorOptions,
  clock: Clock = systemClock,
): Predictor<Types> {
  const connection = connectionOf(options, clock);
  const ask = askOver(connection);
  const model = (name: string): ModelClient<UntypedModel> =>
    createModelClient(name, Object.hasOwn(table, name) ? table[name as keyof Types & string] : undefined, ask);
  const get = <T>(path: string, call: CallOptions | undefined, read: (reply: HttpReply) => T): PredictorPromise<T> =>
    ask(
      () => ({ method: 'GET', path }),
      call,
      (reply) => ({ data: read(reply) }),
    );
  return {
    models: Object.fromEntries(
      Object.keys(table).map((name) => [name, model(name)]),
    ) as unknown as Predictor<Types>['models'],
    model,
    listModels: (call) => get('/v1/models', call, pickModels),
    server: (call) =>
      get('/v1/server', call, parseReply as (reply: HttpReply) => unknown as (reply: HttpReply) => ServerInfo),
    ready: (call) => get('/readyz', { retries: 0, ...call }, () => true).catch(falseWhere503),
    ...createInferCalls(ask),
  };
}

function connectionOf(options: PredictorOptions, clock: Clock): Connection {
  return {
    base: parseBaseUrl(options.baseUrl),
    // Called as a free function: a browser refuses its own fetch as a method of something else.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    headers: options.headers ?? {},
    timeoutMs: options.timeoutMs ?? 30_000,
    retries: options.retries ?? 2,
    maxResponseBytes: options.maxResponseBytes ?? 64 * 1024 * 1024,
    clock,
    budget: new RetryBudget(),
  };
}

function pickModels(reply: HttpReply): readonly ModelSummary[] {
  const { models } = parseReply(reply);
  if (!Array.isArray(models) || !models.every(isObject))
    throw invalidResponse(reply, '"models" must be a list of objects');
  return models as unknown as ModelSummary[];
}

function falseWhere503(error: unknown): boolean {
  if (error instanceof ResponseError && error.status === 503) return false;
  throw error;
}
