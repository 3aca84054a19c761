import { collectResult } from '../infer/collect-result.ts';
import { decodeTensor } from '../infer/decode-tensor.ts';
import type { RefuseReply } from '../infer/decode-tensor.ts';
import type { InferOptions } from '../infer/infer-options.ts';
import type { InferResult, OutputTensor } from '../infer/tensor.ts';
import { lastField, readFields, readIntegers, readText } from './protobuf/read-fields.ts';
import type { Field } from './protobuf/read-fields.ts';

/** A `ModelInferResponse` whose outputs are raw, as those of a raw request are. */
export function decodeModelInfer(message: Uint8Array, options: InferOptions, refuse: RefuseReply): InferResult {
  const fields = readFields(message, refuse);
  const outputs = fields.filter(({ number }) => number === 5);
  const raw = fields.filter(({ number }) => number === 6);
  if (outputs.length !== raw.length) throw refuse(`it has ${outputs.length} outputs and the bytes of ${raw.length}`);
  const named = outputs.map((output, index) => decodeOutput(output, raw[index]!.bytes, refuse));
  const version = readText(fields, 2) || undefined;
  const id = lastField(fields, 3) && readText(fields, 3);
  return collectResult({ name: readText(fields, 1), version, id, named }, options, refuse);
}

function decodeOutput({ bytes }: Field, raw: Uint8Array, refuse: RefuseReply): readonly [string, OutputTensor] {
  const fields = readFields(bytes, refuse);
  const name = readText(fields, 1);
  const claimed = { datatype: readText(fields, 2), shape: readIntegers(fields, 3, refuse) };
  return [name, decodeTensor(claimed, raw, (problem) => refuse(`output "${name}" ${problem}`))];
}
