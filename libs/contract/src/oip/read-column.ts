import { float16ToNumber, tensor, toNested, unstack } from '@web-single/tensor';
import type { CategoryField, InputField } from '@web-single/signature';
import type { Tensor } from '@web-single/tensor';
import { decodeTexts } from './bytes-text.ts';
import type { InputProblem } from './input-problem.ts';
import type { WireTensor } from './message.ts';
import type { RowSpec } from './row-spec.ts';

type Column = readonly unknown[] | InputProblem;

/** A checked row-level input → one value per row, as the signature takes it; or the element that is no text. */
export function readColumn(input: WireTensor, spec: RowSpec): Column {
  const { field } = spec;
  if (input.datatype !== 'BYTES')
    return field.type === 'tensor' ? unstack(input.tensor) : readScalars(input.tensor, spec);
  if (field.type === 'image' && input.text !== true) return input.elements;
  const read = decodeTexts(input.elements);
  if ('got' in read) return { name: input.name, expected: 'BYTES of UTF-8 text without NUL', got: read.got };
  return readTexts(read.texts, field as InputField, input.shape);
}

function readTexts(texts: readonly string[], field: InputField, shape: readonly number[]): readonly unknown[] {
  switch (field.type) {
    case 'image':
      return texts.map((base64) => ({ base64 }));
    case 'tensor':
      return unstack(tensor('string', shape, texts)).map((row) => toNested(row));
    case 'category':
      return readCategories(texts, field);
    default:
      return texts;
  }
}

/** Of values of several types, each stands for its text; of two with one text the first is meant. */
function readCategories(texts: readonly string[], { values }: CategoryField): readonly unknown[] {
  if (values.every((value) => typeof value === 'string')) return texts;
  const valueByText = new Map(values.toReversed().map((value) => [String(value), value]));
  return texts.map((text) => valueByText.get(text) ?? text);
}

/** Numbers exact, 64-bit integers beyond ±(2^53 − 1) as bigint. NaN is a missing value where one may be missing. */
function readScalars({ dtype, data }: Tensor, { optional }: RowSpec): readonly unknown[] {
  switch (dtype) {
    case 'bool':
      return Array.from(data as Uint8Array, (byte) => byte !== 0);
    case 'int64':
    case 'uint64':
      return Array.from(data as BigInt64Array, exactInteger);
    case 'float16':
      return readFloats(Array.from(data as Uint16Array, float16ToNumber), optional);
    case 'float32':
    case 'float64':
      return readFloats(Array.from(data as Float64Array), optional);
    default:
      return Array.from(data as Int32Array);
  }
}

function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function readFloats(numbers: readonly number[], optional: boolean): readonly (number | null)[] {
  return optional ? numbers.map((number) => (Number.isNaN(number) ? null : number)) : numbers;
}
