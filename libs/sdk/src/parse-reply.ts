import { isObject } from './is-object.ts';
import type { JsonObject } from './is-object.ts';
import { InvalidResponseError } from './predictor-error.ts';
import { requestIdOf } from './predictor-promise.ts';
import type { HttpReply } from './send.ts';

export function invalidResponse({ response }: Pick<HttpReply, 'response'>, problem: string): InvalidResponseError {
  return new InvalidResponseError('INVALID_RESPONSE', `The answer is not as the contract says: ${problem}.`, {
    status: response.status,
    requestId: requestIdOf(response),
  });
}

export function parseReply(reply: HttpReply): JsonObject {
  return parseJson(reply, reply.body);
}

/** The object that a part of the reply holds as JSON. */
export function parseJson(reply: HttpReply, bytes: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Told below.
  }
  if (!isObject(value)) throw invalidResponse(reply, 'it is not a JSON object');
  return value;
}
