import { openJson, parseJson, type JsonReader, type ParseJsonOptions } from '@web-single/contract';
import { BodyTurns, type LargeBody } from './body-turns.ts';

/** Larger bodies are read a slice a turn of the event loop, so that others are answered meanwhile. */
const ONE_TURN_BYTES = 64 * 1024;
/** Some 1.3 ms of numbers, and several where an engine wants the same core. */
const TOKENS_A_TURN = 8_000;

/** Of the process, as its event loop is. */
const turns = new BodyTurns();

/**
 * A JSON body as its value; of a large one a promise, read without holding up others. Throws `ContractError`, and for a large one what
 * `BodyTurns` throws.
 */
export function parseInTurns(
  body: Uint8Array,
  options: ParseJsonOptions,
  caller: Pick<LargeBody, 'deadlineMs' | 'signal'>,
): unknown {
  return body.length <= ONE_TURN_BYTES ? parseJson(body, options) : readSlices(body, options, caller);
}

async function readSlices(
  body: Uint8Array,
  options: ParseJsonOptions,
  caller: Pick<LargeBody, 'deadlineMs' | 'signal'>,
): Promise<unknown> {
  let reader: JsonReader | undefined;
  await turns.read({
    sizeBytes: body.length,
    readSlice: () => (reader ??= openJson(body, options)).read(TOKENS_A_TURN),
    ...caller,
  });
  return reader?.value;
}
