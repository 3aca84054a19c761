import type { Fact } from '@web-single/model-package';
import type { StepSpec } from '@web-single/preprocessing';
import type { Signature } from '@web-single/signature';

/** A JSON object: a row as callers send it, or what the model answers. */
export type JsonRow = Readonly<Record<string, unknown>>;

export interface GoldenDraft {
  readonly producer: Readonly<Record<string, string>>;
  readonly tolerance: { readonly absolute: number; readonly relative: number };
  readonly cases: readonly { readonly input: JsonRow; readonly output: JsonRow }[];
}

/** What a package is written from: what the graph and the options say, and what the model answered. Plain JSON. */
export interface PackageDraft {
  readonly name: string;
  readonly version: string;
  readonly task: string;
  readonly signature: Signature;
  readonly before: readonly StepSpec[];
  readonly after: readonly StepSpec[];
  readonly requires: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
  /** Files beside the ONNX file that hold its weights, by the names it calls them. */
  readonly externalFiles: readonly string[];
  readonly golden: GoldenDraft;
  /** Full sentences. */
  readonly warnings: readonly string[];
}
