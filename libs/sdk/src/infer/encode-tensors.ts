import { invalidInput } from '../predictor-error.ts';
import type { InvalidInputError } from '../predictor-error.ts';
import { concatenate } from './concatenate.ts';
import { ARRAYS, countElements } from './datatype.ts';
import type { Datatype, FixedDatatype } from './datatype.ts';
import type { InputTensor, InputTensors, TensorData } from './tensor.ts';

/** A tensor as the wire has it: little-endian elements, BYTES each behind its length. */
export interface EncodedTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

type Refuse = (problem: string) => InvalidInputError;

const datatypes = Object.keys(ARRAYS) as FixedDatatype[];

/** What other data than the arrays of the datatypes themselves may hold. */
const OTHER_KINDS: Readonly<Record<string, readonly Datatype[]>> = {
  Float16Array: ['FP16'],
  'string[]': ['BYTES'],
  'Uint8Array[]': ['BYTES'],
  'boolean[]': ['BOOL'],
  '[]': ['BYTES', 'BOOL'],
};

/** Checks tensors without changing a value, and gives their bytes: views of their data where that has the wire's form. */
export function encodeTensors(tensors: InputTensors): EncodedTensor[] {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1)
    throw invalidInput('Tensors can be sent by a little-endian machine only.');
  const entries = Object.entries<InputTensor & { readonly name?: string }>(tensors as Record<string, InputTensor>);
  return entries.map(([key, tensor]) => encodeTensor(Array.isArray(tensors) ? tensor.name! : key, tensor));
}

function encodeTensor(name: string, { datatype, shape, data }: InputTensor): EncodedTensor {
  const refuse: Refuse = (problem) => invalidInput(`Tensor "${name}": ${problem}.`);
  const kind = kindOf(data);
  const fitting = OTHER_KINDS[kind] ?? datatypes.filter((it) => ARRAYS[it].name === kind);
  const chosen = datatype ?? (/^(Uint16Array|\[])$/.test(kind) ? undefined : fitting[0]);
  if (chosen === undefined || !fitting.includes(chosen)) {
    throw refuse(`data of ${kind} has the datatype ${fitting.join(' or ') || 'none'}, got ${String(datatype)}`);
  }
  const dims = shape ?? [data.length];
  if (countElements(dims) !== data.length) {
    throw refuse(`shape [${String(dims)}] does not fit ${data.length} elements`);
  }
  return { name, datatype: chosen, shape: dims, bytes: bytesOf(data, refuse) };
}

/** `Float32Array`, or for a plain array what its elements are: `string[]`. */
function kindOf(data: unknown): string {
  return Array.isArray(data) ? `${[...new Set(data.map(tagOf))].join('|')}[]` : tagOf(data);
}

/** Also right for what comes from another realm. */
const tagOf = (value: unknown): string =>
  ArrayBuffer.isView(value) ? (value as Uint8Array)[Symbol.toStringTag] : typeof value;

function bytesOf(data: TensorData, refuse: Refuse): Uint8Array {
  if (!Array.isArray(data)) {
    const { buffer, byteOffset, byteLength } = data as ArrayBufferView;
    return new Uint8Array(buffer, byteOffset, byteLength);
  }
  if (typeof data[0] === 'boolean') return Uint8Array.from(data, Number);
  const elements = data as readonly (string | Uint8Array)[];
  const chunks = elements.flatMap((element) => {
    const bytes = typeof element === 'string' ? encodeText(element, refuse) : element;
    return [new Uint8Array(Uint32Array.of(bytes.length).buffer), bytes];
  });
  return concatenate(chunks);
}

/** A lone half of a character has no UTF-8: encoding would replace it. */
function encodeText(text: string, refuse: Refuse): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw refuse('a string has half a character');
  return new TextEncoder().encode(text);
}
