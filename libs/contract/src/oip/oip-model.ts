import type { Signature } from '@web-single/signature';
import type { Tensor, TensorSpec } from '@web-single/tensor';
import { rowSpec } from './row-spec.ts';
import type { RowSpec } from './row-spec.ts';
import { sessionLabels } from './session-labels.ts';

/** What the protocol needs to know of one model version. */
export interface OipModelSource {
  readonly name: string;
  readonly version: string;
  /** All versions that are served. */
  readonly versions: readonly string[];
  readonly signature: Signature;
  readonly sessionInputs: readonly TensorSpec[];
  readonly sessionOutputs: readonly TensorSpec[];
  /** True where the first dim of every session input is the batch. */
  readonly batchable: boolean;
  /** True where there are steps before or after the session. */
  readonly hasSteps: boolean;
  readonly maxRows: number;
  readonly instances: number;
  readonly maxDelayMs: number;
  /** What the columns of session outputs stand for, where that is known; left out, the signature is asked. */
  readonly sessionLabels?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The two forms of a model's tensors: `tensor` is what its session takes and gives, with the batch; `row` is the fields
 * of its signature, one tensor each with a leading rows dim.
 */
export type OipLevel = 'tensor' | 'row';

/** A model version with the tensors of both levels, by name and in order. */
export interface OipModel extends Omit<OipModelSource, 'sessionInputs' | 'sessionOutputs' | 'sessionLabels'> {
  readonly sessionInputs: ReadonlyMap<string, TensorSpec>;
  readonly sessionOutputs: ReadonlyMap<string, TensorSpec>;
  readonly rowInputs: ReadonlyMap<string, RowSpec>;
  readonly rowOutputs: ReadonlyMap<string, RowSpec>;
  /** Labels of the columns, by session output. */
  readonly sessionLabels: ReadonlyMap<string, readonly string[]>;
}

/** Tensors by the name of the session input or output. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Computes once per model version what all its requests need. */
export function describeOipModel(source: OipModelSource): OipModel {
  const { signature } = source;
  return {
    ...source,
    sessionInputs: byName(source.sessionInputs),
    sessionOutputs: byName(source.sessionOutputs),
    rowInputs: byName(Object.entries(signature.input).map(([name, field]) => rowSpec(name, field, signature))),
    rowOutputs: byName(Object.entries(signature.output).map(([name, field]) => rowSpec(name, field, signature))),
    sessionLabels: sessionLabels(source),
  };
}

function byName<Spec extends { readonly name: string }>(specs: readonly Spec[]): ReadonlyMap<string, Spec> {
  return new Map(specs.map((spec) => [spec.name, spec]));
}
