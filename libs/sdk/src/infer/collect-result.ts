import { text } from '../response-error.ts';
import type { RefuseReply } from './decode-tensor.ts';
import type { InferOptions } from './infer-options.ts';
import type { InferResult, OutputTensor } from './tensor.ts';

export interface ClaimedResult {
  readonly name: string;
  readonly version: unknown;
  readonly id: unknown;
  readonly named: readonly (readonly [name: string, OutputTensor])[];
}

/** The result of any transport, with every output that was asked for. */
export function collectResult(claimed: ClaimedResult, { outputs }: InferOptions, refuse: RefuseReply): InferResult {
  const { name, version, id, named } = claimed;
  const found = Object.fromEntries(named);
  const missing = outputs?.find((output) => !Object.hasOwn(found, output));
  if (missing !== undefined) throw refuse(`output "${missing}" is missing`);
  if (Object.keys(found).length < named.length) throw refuse('two outputs share a name');
  return { model: { name, version: text(version) }, id: text(id), outputs: found };
}
