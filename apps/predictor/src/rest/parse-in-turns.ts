import { openJson, parseJson, type JsonReader, type ParseJsonOptions } from '@web-single/contract';
import { BodyTurns, type LargeBody } from './body-turns.ts';

/** Larger bodies are read a slice a turn of the event loop, so that others are answered meanwhile. */
export const ONE_TURN_BYTES = 64 * 1024;
/** Some 3 ms. */
const TOKENS_A_TURN = 20_000;

/** Of the process, as its event loop is. */
const turns = new BodyTurns();

/** A JSON body as its value, read without holding up others. Throws `ContractError`; for a large one `ServingError`s of `BodyTurns`. */
export async function parseInTurns(
  body: Uint8Array,
  options: ParseJsonOptions,
  caller: Pick<LargeBody, 'deadlineMs' | 'signal'>,
): Promise<unknown> {
  if (body.length <= ONE_TURN_BYTES) return parseJson(body, options);
  let reader: JsonReader | undefined;
  await turns.read({
    sizeBytes: body.length,
    readSlice: () => (reader ??= openJson(body, options)).read(TOKENS_A_TURN),
    ...caller,
  });
  return reader?.value;
}
