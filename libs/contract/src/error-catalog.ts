/** The gRPC statuses the catalogue uses, with their numbers. */
export const GRPC_STATUS = {
  CANCELLED: 1,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcStatusName = keyof typeof GRPC_STATUS;

export interface ErrorEntry {
  readonly httpStatus: number;
  readonly grpcStatus: { readonly name: GrpcStatusName; readonly number: number };
  /** True where sending the same request again, later, may succeed. */
  readonly retryable: boolean;
  /** Short and the same for every occurrence: the `title` of the problem. */
  readonly title: string;
  /** What the reader of the error does next. */
  readonly remedy: string;
}

type Retry = 'retry' | 'give up';

const entry = (
  httpStatus: number,
  grpcName: GrpcStatusName,
  retry: Retry,
  [title, remedy]: readonly [title: string, remedy: string],
): ErrorEntry => ({
  httpStatus,
  grpcStatus: { name: grpcName, number: GRPC_STATUS[grpcName] },
  retryable: retry === 'retry',
  title,
  remedy,
});

const entries = {
  INVALID_REQUEST: entry(400, 'INVALID_ARGUMENT', 'give up', [
    'The request is malformed.',
    'Send a body as /openapi.json describes it; for JSON that is {"rows": [{ … }]}.',
  ]),
  UNAUTHENTICATED: entry(401, 'UNAUTHENTICATED', 'give up', [
    'The request carries no valid credentials.',
    'Send a valid token in the Authorization header.',
  ]),
  FORBIDDEN: entry(403, 'PERMISSION_DENIED', 'give up', [
    'The credentials do not allow this.',
    'Ask the operator for a token that may do this, or call from an allowed origin.',
  ]),
  NOT_FOUND: entry(404, 'UNIMPLEMENTED', 'give up', [
    'There is no such route.',
    'Compare the path with /openapi.json.',
  ]),
  MODEL_NOT_FOUND: entry(404, 'NOT_FOUND', 'give up', [
    'There is no such model or version.',
    'GET /v1/models lists the names and versions that are served.',
  ]),
  METHOD_NOT_ALLOWED: entry(405, 'UNIMPLEMENTED', 'give up', [
    'The route does not know this method.',
    'Use a method of the Allow header.',
  ]),
  REQUEST_TIMEOUT: entry(408, 'DEADLINE_EXCEEDED', 'give up', [
    'The request arrived too slowly.',
    'Send the whole body faster, or a smaller one.',
  ]),
  CONFLICT: entry(409, 'ABORTED', 'give up', [
    'The state of the server does not allow this now.',
    'Read the state again, then decide.',
  ]),
  PAYLOAD_TOO_LARGE: entry(413, 'RESOURCE_EXHAUSTED', 'give up', [
    'The request is larger than the limit.',
    'Send fewer rows or smaller files per request.',
  ]),
  UNSUPPORTED_MEDIA_TYPE: entry(415, 'INVALID_ARGUMENT', 'give up', [
    'The content type or encoding is not supported here.',
    'Send application/json in UTF-8, or for one image image/png, image/jpeg or image/webp, without compression.',
  ]),
  INPUT_MISMATCH: entry(422, 'INVALID_ARGUMENT', 'give up', [
    "The rows do not match the model's signature.",
    'Correct every value that details names; add ?onError=row to get the answers of the good rows.',
  ]),
  INVALID_PACKAGE: entry(422, 'FAILED_PRECONDITION', 'give up', [
    'The model package cannot be served.',
    'Correct every problem listed; `npx predictor inspect PATH` shows what was understood.',
  ]),
  RATE_LIMITED: entry(429, 'RESOURCE_EXHAUSTED', 'retry', [
    'This client has used up its quota.',
    'Wait as long as Retry-After says, then send less often.',
  ]),
  CANCELLED: entry(499, 'CANCELLED', 'give up', [
    'The caller went away before the answer.',
    'Nothing to do: it appears in logs and metrics only.',
  ]),
  INFERENCE_FAILED: entry(500, 'INTERNAL', 'give up', [
    'The model failed on this input.',
    'Try other values; if valid ones fail too, report the requestId and the input to the owner of the model.',
  ]),
  INTERNAL: entry(500, 'INTERNAL', 'give up', [
    'The server failed in an unforeseen way.',
    'Report the requestId to the operator: the log has the cause under it.',
  ]),
  NOT_IMPLEMENTED: entry(501, 'UNIMPLEMENTED', 'give up', [
    'The server does not offer this.',
    'Leave the option out, or ask the operator whether it can be switched on.',
  ]),
  MODEL_NOT_READY: entry(503, 'UNAVAILABLE', 'retry', [
    'The model is still loading, could not be loaded, or is switched off.',
    'Wait and retry; GET /readyz says what is missing. Ask the operator about a model that is "disabled" there.',
  ]),
  OVERLOADED: entry(503, 'RESOURCE_EXHAUSTED', 'retry', [
    'More work is waiting than can be done in time.',
    'Wait as long as Retry-After says, then retry; if it stays so, add replicas.',
  ]),
  ENGINE_CRASHED: entry(503, 'UNAVAILABLE', 'retry', [
    'The engine of the model died while it worked on this request.',
    'Retry: it is being restarted. If the same input does it again, report it to the owner of the model.',
  ]),
  ENGINE_UNAVAILABLE: entry(503, 'UNAVAILABLE', 'retry', ['The engine of the model is restarting.', 'Wait and retry.']),
  DRAINING: entry(503, 'UNAVAILABLE', 'retry', [
    'This server is shutting down.',
    'Retry: the balancer sends it to another replica.',
  ]),
  DEADLINE_EXCEEDED: entry(504, 'DEADLINE_EXCEEDED', 'give up', [
    'There was no answer before the deadline.',
    'Allow more time, or send fewer rows per request.',
  ]),
};

export type ErrorCode = keyof typeof entries;

/** Every error a caller can meet: code → statuses, whether a retry may help, and the remedy. `docs/errors.md` is written from it. */
export const ERROR_CATALOG: Readonly<Record<ErrorCode, ErrorEntry>> = entries;

export const ERROR_CODES = Object.keys(entries) as readonly ErrorCode[];

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(entries, value);

/** For statuses that several codes share: what the HTTP layer itself means by them. */
const BARE_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'NOT_FOUND',
  422: 'INPUT_MISMATCH',
  500: 'INTERNAL',
  503: 'OVERLOADED',
};

/** The code for a bare status of the HTTP layer; one the catalogue lacks goes by its class, 4xx or 5xx. */
export const codeOfHttpStatus = (status: number): ErrorCode =>
  BARE_STATUS[status] ??
  ERROR_CODES.find((code) => entries[code].httpStatus === status) ??
  (status >= 400 && status < 500 ? 'INVALID_REQUEST' : 'INTERNAL');
