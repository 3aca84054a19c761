import { invalidResponse, parseJson } from '../parse-reply.ts';
import { isObject } from '../is-object.ts';
import type { HttpReply } from '../send.ts';
import { collectResult } from './collect-result.ts';
import { decodeTensor } from './decode-tensor.ts';
import type { RefuseReply } from './decode-tensor.ts';
import { HEADER_LENGTH } from './header-length.ts';
import type { InferOptions } from './infer-options.ts';
import type { InferResult, OutputTensor } from './tensor.ts';

/** The answer of an infer request over REST: all outputs are bytes, as was asked for, and every byte belongs to one. */
export function decodeInfer(reply: HttpReply, options: InferOptions): InferResult {
  const { response, body } = reply;
  const refuse: RefuseReply = (problem) => invalidResponse(reply, problem);
  let end = Number(response.headers.get(HEADER_LENGTH) ?? body.length);
  const { model_name: name, model_version: version, id, outputs } = parseJson(reply, body.subarray(0, end));
  const take = (size: unknown): Uint8Array => {
    const bytes = body.subarray(end, end + (size as number));
    end += bytes.length;
    if (bytes.length !== size) throw refuse(ODD_SIZES);
    return bytes;
  };
  if (typeof name !== 'string' || !Array.isArray(outputs)) throw refuse(INCOMPLETE);
  const named = outputs.map((output) => decodeOutput(output, take, refuse));
  if (end !== body.length) throw refuse(ODD_SIZES);
  return collectResult({ name, version, id, named }, options, refuse);
}

const INCOMPLETE = 'a name or its outputs are missing';
const ODD_SIZES = 'its sizes do not add up to its bytes';

function decodeOutput(
  output: unknown,
  take: (size: unknown) => Uint8Array,
  refuse: RefuseReply,
): readonly [name: string, OutputTensor] {
  const { name, parameters, ...claimed } = isObject(output) ? output : {};
  if (typeof name !== 'string') throw refuse(INCOMPLETE);
  const bytes = take(isObject(parameters) && parameters['binary_data_size']);
  return [name, decodeTensor(claimed, bytes, (problem) => refuse(`output "${name}" ${problem}`))];
}
