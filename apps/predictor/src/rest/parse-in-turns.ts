import { setImmediate as nextTurn } from 'node:timers/promises';
import { openJson, parseJson, type ParseJsonOptions } from '@web-single/contract';

/** Larger bodies are read a slice a turn of the event loop, so that others are answered meanwhile. */
const ONE_TURN_BYTES = 64 * 1024;
/** Some 5 ms. */
const TOKENS_A_TURN = 20_000;

/** A JSON body as its value, read without holding up others. Throws `ContractError`. */
export async function parseInTurns(body: Uint8Array, options: ParseJsonOptions): Promise<unknown> {
  if (body.length <= ONE_TURN_BYTES) return parseJson(body, options);
  const reader = openJson(body, options);
  while (!reader.read(TOKENS_A_TURN)) await nextTurn();
  return reader.value;
}
