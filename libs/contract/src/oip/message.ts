import type { Tensor } from '@web-single/tensor';
import type { Datatype } from './datatype.ts';

/** Values of `parameters`; 64-bit integers of gRPC beyond ±(2^53 − 1) stay bigint. */
export type Parameters = Readonly<Record<string, string | number | boolean | bigint>>;

/** One named tensor on the wire, decoded: its elements as the sender sent them, exact. */
export type WireTensor = {
  readonly name: string;
  /** The full shape, with the batch where there is one. */
  readonly shape: readonly number[];
  readonly parameters?: Parameters;
} & (
  | { readonly datatype: Exclude<Datatype, 'BYTES' | 'BF16'>; readonly tensor: Tensor }
  /** One `Uint8Array` per element, row-major: the session's strings are UTF-8, a file's bytes need not be. */
  | {
      readonly datatype: 'BYTES';
      readonly elements: readonly Uint8Array[];
      /** They came as strings of JSON: where a file is wanted they are its base64. */
      readonly text?: true;
    }
);

/** An output the caller wants, in the order wanted. */
export interface RequestedOutput {
  readonly name: string;
  /** REST only: as bytes behind the JSON. Undefined: the request's default. */
  readonly binary?: boolean;
  /** Classification extension: how many of the best classes. */
  readonly classes?: number;
}

/** An infer request of any transport, decoded and well-formed, not yet held against a model. */
export interface InferRequest {
  readonly id?: string;
  readonly inputs: readonly WireTensor[];
  /** Undefined: all outputs. */
  readonly outputs?: readonly RequestedOutput[];
  readonly parameters: Parameters;
  /** Form of the outputs that do not say theirs: bytes or JSON. Undefined: the transport has bytes only. */
  readonly binaryOutputs?: boolean;
}

/** An infer response before its encoding. */
export interface InferResponse {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id?: string;
  readonly parameters?: Parameters;
  /** In the order wanted, classification done. */
  readonly outputs: readonly WireTensor[];
}
