import type { Datatype, DatatypeArrays } from './datatype.ts';

/** The platform's `Float16Array`, of which older libraries of types know nothing. */
export interface Float16Numbers extends ArrayBufferView {
  readonly length: number;
  readonly [Symbol.toStringTag]: 'Float16Array';
}

export type TensorData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float16Numbers
  | Float32Array
  | Float64Array
  | readonly string[]
  | readonly boolean[]
  | readonly Uint8Array[];

/** A tensor to send. It is copied before `infer` returns: the caller may write to `data` again. */
export interface InputTensor {
  /** What `data` tells where it is left out; a `Uint16Array` does not (UINT16, FP16 and BF16 are kept in it). */
  readonly datatype?: Datatype;
  /** With the batch where there is one. Left out: one dimension. */
  readonly shape?: readonly number[];
  /** Row-major. */
  readonly data: TensorData;
}

/** By name, or as a list. */
export type InputTensors = Readonly<Record<string, InputTensor>> | readonly (InputTensor & { readonly name: string })[];

/** A tensor of an answer: `data` is a view of the reply's memory, where it is aligned. */
export type OutputTensor = {
  readonly [D in Datatype]: {
    readonly datatype: D;
    readonly shape: readonly number[];
    readonly data: DatatypeArrays[D];
  };
}[Datatype];

export interface InferResult<Name extends string = string> {
  /** Who answered; some servers do not tell their version. */
  readonly model: { readonly name: string; readonly version: string | undefined };
  /** As it was sent. */
  readonly id: string | undefined;
  readonly outputs: Readonly<Record<Name, OutputTensor>>;
}

/** The inputs and outputs of a model's session; −1 for a dimension that varies. */
export interface ModelMetadata {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadata[];
  readonly outputs: readonly TensorMetadata[];
  /** Which level the tensors are of, and those of the other one. */
  readonly properties?: Readonly<Record<string, string>>;
}

export interface TensorMetadata {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}
