import type { InputField, Signature } from '@web-single/signature';
import { createData, dtypes, elementCount, numberToFloat16, tensor } from '@web-single/tensor';
import type { Dtype, Row, Value } from '@web-single/tensor';

/** Of all rows together: a file of some bytes may declare inputs of any size. */
const mostBytes = 64 * 2 ** 20;

/**
 * Rows made up from a signature, each different: what a package without golden cases is proven, probed and measured with.
 * Fewer where they are large, none where one alone is larger than what is spent on all.
 */
export const syntheticRows = (signature: Signature, count: number): readonly Row[] =>
  Array.from({ length: Math.min(count, Math.floor(mostBytes / rowBytes(signature))) }, (_, index) =>
    Object.fromEntries(Object.entries(signature.input).map(([name, field]) => [name, valueFor(field, index)])),
  );

/** As many bytes as the arrays of a row take, at least one; in doubles, which no product of sizes overflows. */
const rowBytes = ({ input }: Signature): number =>
  Object.values(input).reduce((sum, field) => (field.type === 'tensor' ? sum + arrayBytes(field) : sum), 1);

const arrayBytes = ({ dtype, dims }: Extract<InputField, { type: 'tensor' }>): number =>
  shapeOf(dims).reduce((product, size) => product * size, dtypes[dtype].bytesPerElement ?? textBytes);

/** A nested text takes a reference and its share of the arrays around it. */
const textBytes = 64;

/** 8 × 8 pixels, grey: the smallest picture that every decoder takes. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mNogAIGyhgAgIQgARDoahcAAAAASUVORK5CYII=',
  'base64',
);

const valueFor = (field: InputField, index: number): Value => {
  switch (field.type) {
    case 'number':
      return numberFor(field, index);
    case 'boolean':
      return index % 2 === 0;
    case 'category':
      return field.values[index % field.values.length] ?? null;
    case 'text':
      return typeof field.example === 'string' ? field.example : `a sample of text ${index}`.slice(0, field.maxLength);
    case 'image':
      return picture;
    case 'tensor':
      return arrayFor(field, { row: index, seed: index });
  }
};

const numberFor = ({ min, max, integer, example }: Extract<InputField, { type: 'number' }>, index: number): number => {
  if (index === 0 && typeof example === 'number') return example;
  const [least, most] = [min ?? (max === undefined ? 0 : max - 1), max ?? (min ?? 0) + 1];
  const value = least + (most - least) * ((0.37 * (index + 1)) % 1);
  if (integer) return Math.round(value);
  return min === undefined && max === undefined ? signOf(index) * value : value;
};

/** Every third row is negative: a graph that takes another branch for it must not take it for the rows beside it. */
const signOf = (row: number): number => (row % 3 === 2 ? -1 : 1);

/** Small enough to be cheap, long enough not to be mistaken for a scalar. */
const dynamicSize = 2;

const shapeOf = (dims: readonly (number | string | null)[]): readonly number[] =>
  dims.map((dim) => (typeof dim === 'number' ? dim : dynamicSize));

interface Place {
  readonly row: number;
  /** Differs between the elements of a row, too. */
  readonly seed: number;
}

/** Strings nested, as callers send them; numbers as a tensor, since a picture's worth of nested ones takes a second. */
const arrayFor = ({ dtype, dims }: Extract<InputField, { type: 'tensor' }>, { row, seed }: Place): Value => {
  const shape = shapeOf(dims);
  if (dtype === 'string') return nestedTexts(shape);
  const data = createData(dtype, elementCount(shape));
  for (let index = 0; index < data.length; index++) data[index] = elementFor(dtype, { row, seed: seed + index });
  return tensor<Dtype>(dtype, shape, data);
};

const nestedTexts = ([size, ...inner]: readonly number[]): Value =>
  size === undefined ? '' : Array.from({ length: size }, () => nestedTexts(inner));

/** 0 or 1 for integers: inside of every table that one may be an index of. */
const elementFor = (dtype: Dtype, { row, seed }: Place): number | bigint => {
  if (dtype === 'bool') return (seed + 1) % 2;
  if (dtype.endsWith('int64')) return BigInt(seed % 2);
  if (!dtype.startsWith('float')) return seed % 2;
  const value = signOf(row) * ((0.37 * seed) % 1);
  return dtype === 'float16' ? numberToFloat16(value) : value;
};
