import type { Dim, Dtype } from '@web-single/tensor';

/** What a graph input or output declares. `dims` is undefined where the rank is not declared. */
export interface OnnxValue {
  readonly name: string;
  /** ONNX's own name of the type: `tensor(float)`, `seq(map(int64,tensor(float)))`, `tensor(bfloat16)`. */
  readonly typeName: string;
  /** Set where it is a dense tensor whose elements the runtime can bind. */
  readonly dtype?: Dtype;
  readonly dims?: readonly Dim[];
  /** Element type of the innermost tensor (TensorProto.DataType), 0 where unknown. */
  readonly elementType: number;
}

/** One node of the main graph. Attributes are raw AttributeProto bytes, decoded on demand: most are weights. */
export interface OnnxNode {
  /** Position among the graph's nodes. */
  readonly index: number;
  readonly opType: string;
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Uint8Array>;
}

/** A tensor's header; `message` is the whole TensorProto (a view into the file). */
export interface OnnxTensor {
  readonly name: string;
  readonly elementType: number;
  readonly dims: readonly number[];
  readonly message: Uint8Array;
}

export interface ExternalData {
  /** Path as written in the file: untrusted. */
  readonly location: string;
  /** Where it was found: `initializer "w"`, `attribute of node "Constant_3"`. */
  readonly owner: string;
}

/** An operator that the model uses anywhere: main graph, subgraphs or functions. */
export interface UsedOperator {
  readonly domain: string;
  readonly opType: string;
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly producerName: string;
  readonly producerVersion: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** Graph inputs without those that an initializer gives a value. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly externalData: readonly ExternalData[];
  /** Each (domain, operator) once. */
  readonly operators: readonly UsedOperator[];
  readonly hasFunctions: boolean;
  readonly hasTrainingInfo: boolean;
}
