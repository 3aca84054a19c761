import { elementType } from './element-type.ts';
import { OnnxFormatError } from './onnx-format-error.ts';
import type { OnnxTensor } from './onnx-model.ts';
import { bytesOf, decodeText, intsOf, readFields, textOf } from './wire.ts';

/** Most values a tensor of labels may have; anything larger is a weight. */
const maxLabels = 65_536;

/** Reads a TensorProto's name, element type and dims; never its values. */
export function readTensor(message: Uint8Array): OnnxTensor {
  let name = '';
  let type = 0;
  const dims: number[] = [];
  for (const field of readFields(message)) {
    if (field.number === 1) dims.push(...intsOf(field).map(Number));
    else if (field.number === 2) type = Number(intsOf(field)[0] ?? 0n);
    else if (field.number === 8) name = textOf(field);
  }
  return { name, elementType: type, dims, message };
}

/** Locations named in a TensorProto's `external_data`, whatever its `data_location` says. */
export function externalLocations(message: Uint8Array): string[] {
  const locations: string[] = [];
  let external = false;
  for (const field of readFields(message)) {
    if (field.number === 14) external ||= intsOf(field).at(-1) === 1n;
    if (field.number !== 13) continue;
    const [key, value] = readStringEntry(bytesOf(field));
    if (key === 'location') locations.push(value);
  }
  if (external && locations.length === 0) throw new OnnxFormatError('external data has no location');
  return locations;
}

/** Reads a StringStringEntryProto. */
export function readStringEntry(message: Uint8Array): [key: string, value: string] {
  let key = '';
  let value = '';
  for (const field of readFields(message)) {
    if (field.number === 1) key = textOf(field);
    if (field.number === 2) value = textOf(field);
  }
  return [key, value];
}

/** The values of a small string or integer tensor (labels, indices), or undefined for any other. */
export function smallTensorValues(tensor: OnnxTensor): (string | bigint)[] | undefined {
  const size = tensor.dims.reduce((product, dim) => product * dim, 1);
  if (!(size <= maxLabels)) return undefined;
  const fields = [...readFields(tensor.message)];
  if (tensor.elementType === elementType.string) {
    return fields.filter((field) => field.number === 6).map((field) => decodeText(bytesOf(field)));
  }
  if (tensor.elementType !== elementType.int64 && tensor.elementType !== elementType.int32) return undefined;
  const raw = fields.findLast((field) => field.number === 9);
  if (raw !== undefined) return rawInts(bytesOf(raw), tensor.elementType === elementType.int64);
  const number = tensor.elementType === elementType.int64 ? 7 : 5;
  return fields.filter((field) => field.number === number).flatMap((field) => intsOf(field));
}

function rawInts(raw: Uint8Array, wide: boolean): bigint[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const width = wide ? 8 : 4;
  return Array.from({ length: Math.min(maxLabels, Math.floor(raw.length / width)) }, (_, index) =>
    wide ? view.getBigInt64(index * 8, true) : BigInt(view.getInt32(index * 4, true)),
  );
}
