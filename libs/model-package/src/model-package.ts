import type { StepSpec } from '@web-single/preprocessing';
import type { Signature } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { GoldenSet } from './golden-set.ts';
import type { SplitGraph } from './onnx/split-graph.ts';

/** A fact about a model, where it was read, and how sure that is. */
export interface Fact {
  /** What it is about: `signature.input.island`, `labels`, `batching`. */
  readonly about: string;
  readonly value: string;
  /** `model.yaml`, `model.onnx graph`, `model.onnx node "LinearClassifier"`, `--columns`. */
  readonly source: string;
  /** `assumed` is a guess: listed as an assumption, refused under `--strict`. */
  readonly confidence: 'stated' | 'read' | 'assumed';
}

export interface Batching {
  readonly maxRows: number | 'auto';
  readonly maxDelayMs: number;
}

export interface EngineOptions {
  readonly placement: 'auto' | 'inline' | 'process';
  readonly instances: number | 'auto';
  readonly runTimeoutMs: number | 'auto';
}

/** Everything known of one released model, validated: the manifest where there is one, else what the graph says. Immutable. */
export interface ModelPackage {
  readonly name: string;
  readonly version: string;
  /** `sha256:<hex>` of the package (design.md, Settled: digest). */
  readonly digest: string;
  readonly task: string;
  readonly description: string;
  readonly license?: string;
  /** Absolute folder the ONNX file lies in; external data is resolved there and only there. */
  readonly folder: string;
  /** Absolute path of the ONNX file. */
  readonly modelPath: string;
  /** The rewritten graph where surgery was needed (ZipMap cut, locale added); load these bytes instead of `modelPath`. */
  readonly rewrittenModel?: Uint8Array;
  /** The same graph in two parts, for small models of text and number columns. */
  readonly split?: SplitGraph;
  readonly signature: Signature;
  /** What the session takes and gives after surgery, in graph order. */
  readonly sessionInputs: readonly TensorSpec[];
  readonly sessionOutputs: readonly TensorSpec[];
  /** True where the first dim of every session input is the batch; else each row is one run of its own. */
  readonly batchable: boolean;
  readonly before: readonly StepSpec[];
  readonly after: readonly StepSpec[];
  readonly batching: Batching;
  readonly engine: EngineOptions;
  readonly golden?: GoldenSet;
  /** Markdown of the package's README.md. */
  readonly card?: string;
  readonly requires: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
}
