import type { Datatype, DatatypeArrays } from './datatype.ts';

/** The platform's `Float16Array`, of which older libraries of types know nothing. */
export interface Float16Numbers extends ArrayBufferView {
  /** Elements. */
  readonly length: number;
  /** Tells it from other views. */
  readonly [Symbol.toStringTag]: 'Float16Array';
}

/** The elements of a tensor: a typed array, or texts, booleans or bytes of one element each. */
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
export type InputTensors = Readonly<Record<string, InputTensor>> | readonly NamedTensor[];

/** A tensor of a list. */
export interface NamedTensor extends InputTensor {
  /** What the model calls it. */
  readonly name: string;
}

/** A tensor of an answer: `data` is a view of the reply's memory, where it is aligned. */
export type OutputTensor = {
  readonly [D in Datatype]: {
    /** Of its elements; narrows `data`. */
    readonly datatype: D;
    /** Its dims, in the order of memory. */
    readonly shape: readonly number[];
    /** Its elements, row-major. */
    readonly data: DatatypeArrays[D];
  };
}[Datatype];

/** What `infer` gives. */
export interface InferResult<Name extends string = string> {
  /** Who answered; some servers do not tell their version. */
  readonly model: {
    /** What clients ask for it by. */
    readonly name: string;
    /** The version that answered. */
    readonly version: string | undefined;
  };
  /** As it was sent. */
  readonly id: string | undefined;
  /** By name; those that were asked for are there. */
  readonly outputs: Readonly<Record<Name, OutputTensor>>;
}

/** The inputs and outputs of a model's session; −1 for a dimension that varies. */
export interface ModelMetadata {
  /** What clients ask for it by. */
  readonly name: string;
  /** Those that can be asked for. */
  readonly versions: readonly string[];
  /** What runs it, such as `onnxruntime_onnx`. */
  readonly platform: string;
  /** In the order of the model. */
  readonly inputs: readonly TensorMetadata[];
  /** In the order of the model. */
  readonly outputs: readonly TensorMetadata[];
  /** Which level the tensors are of, and those of the other one. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** One tensor of a model. */
export interface TensorMetadata {
  /** What the model calls it. */
  readonly name: string;
  /** Of its elements. */
  readonly datatype: Datatype;
  /** Its dims; −1 for one that varies. */
  readonly shape: readonly number[];
}
