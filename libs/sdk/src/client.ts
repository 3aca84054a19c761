import { askOver } from './ask.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { invalidResponse, parseReply } from './parse-reply.ts';
import type { ModelIdentity, PredictionTiming } from './decode-predictions.ts';
import { createInferCalls } from './infer/infer-calls.ts';
import type { InferCalls } from './infer/infer-calls.ts';
import { isObject } from './is-object.ts';
import type { JsonObject } from './is-object.ts';
import { createModelClient } from './model-client.ts';
import type { ModelClient, UntypedModel, WithPrediction } from './model-client.ts';
import type { ModelShape, ModelTypes } from './model-shape.ts';
import type { CallOptions, PredictOptions, PredictorOptions, PredictRowsOptions } from './options.ts';
import type { PredictorError } from './predictor-error.ts';
import type { PredictorPromise } from './predictor-promise.ts';
import type { WithResponse } from './predictor-promise.ts';
import { RetryBudget } from './retry-budget.ts';
import type { RowOutcome } from './row-outcome.ts';
import type { Connection, HttpReply } from './send.ts';
import { parseBaseUrl } from './urls.ts';

export type { CallOptions, JsonObject, ModelClient, ModelIdentity, PredictOptions, PredictionTiming, PredictorOptions };
export type { ModelShape, ModelTypes, PredictorPromise, PredictRowsOptions, RowOutcome, UntypedModel };
export type { WithPrediction, WithResponse };

/** What runs on the server. */
export interface ServerInfo {
  /** Of the server's software. */
  readonly name: string;
  /** Of the server's software. */
  readonly version: string;
  /** Version of each lib by its name. */
  readonly components: Readonly<Record<string, string>>;
  /** Version of Node, ONNX Runtime and the like by their names. */
  readonly runtime: Readonly<Record<string, string>>;
  /** Where gRPC is heard; left out where it is off, or nobody can tell. */
  readonly grpcPort?: number;
  /** What the operator changed without new packages. */
  readonly overrides?: {
    /** Of the overrides file. */
    readonly sha256: string;
    /** Names of those it changes. */
    readonly models: readonly string[];
  };
}

/** One model in the list of all. */
export interface ModelSummary {
  /** What clients ask for it by. */
  readonly name: string;
  /** The active version. */
  readonly version: string;
  /** Of its package: `sha256:` and the digest. */
  readonly digest: string;
  /** Such as `tabular-classification`. */
  readonly task: string;
  /** In a sentence or two; may be empty. */
  readonly description: string;
  /** Whether it answers. */
  readonly ready: boolean;
  /** Whether it is the one that `POST /predict` asks. */
  readonly default: boolean;
}

/** A client for one server. `Types` has what the compiler knows of its models. */
export interface Predictor<Types extends { readonly [Name in keyof Types]: ModelTypes }> extends InferCalls {
  /** The models this client was generated for. */
  readonly models: { readonly [Name in keyof Types]: ModelClient<Types[Name]> };
  /** Any model of the server by name, without types. */
  model(name: string): ModelClient<UntypedModel>;
  /** Every model of the server, those that are not ready among them. */
  listModels(options?: CallOptions): PredictorPromise<readonly ModelSummary[]>;
  /** Versions of the server and its components. */
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
      async () => ({ path }),
      call,
      (reply) => ({ data: read(reply) }),
    );
  return {
    models: Object.fromEntries(
      Object.keys(table).map((name) => [name, model(name)]),
    ) as unknown as Predictor<Types>['models'],
    model,
    listModels: (call) => get('/v1/models', call, pickModels),
    server: (call) => get('/v1/server', call, parseReply as (reply: HttpReply) => ServerInfo & JsonObject),
    ready: (call) => get('/readyz', { retries: 0, ...call }, () => true).catch(falseWhere503),
    ...createInferCalls(ask),
  };
}

function connectionOf(options: PredictorOptions, clock: Clock): Connection {
  // Called as a free function: a browser refuses its own fetch as a method of something else.
  const ownFetch: typeof fetch = (input, init) => fetch(input, init);
  const { baseUrl, fetch: send = ownFetch, headers = {}, timeoutMs = 30_000, retries = 2 } = options;
  const { maxResponseBytes = 64 * 1024 * 1024 } = options;
  const base = parseBaseUrl(baseUrl);
  return { base, fetch: send, headers, timeoutMs, retries, maxResponseBytes, clock, budget: new RetryBudget() };
}

function pickModels(reply: HttpReply): readonly ModelSummary[] {
  const { models } = parseReply(reply);
  if (!Array.isArray(models) || !models.every(isObject))
    throw invalidResponse(reply, '"models" must be a list of objects');
  return models as unknown as ModelSummary[];
}

function falseWhere503(error: unknown): boolean {
  if ((error as PredictorError | undefined)?.status === 503) return false;
  throw error;
}
