import type { Dim } from '@web-single/tensor';
import type { Fact } from '../model-package.ts';
import type { SessionSpecs } from './session-specs.ts';

/** Whether rows can be stacked, and how sure that is. */
export interface BatchRule {
  readonly batchable: boolean;
  readonly fact: Fact;
}

const batchNames = /^(n|b|m|none|batch|.*batch.*|unk__\d+|s\d+|dynamic|dim_?0|\?|-1|rows?|samples?|num_samples)$/i;

/**
 * Rows are stacked where the first dim of every input is dynamic. A fixed first dim (torch bakes in the example's
 * batch) or a scalar input means one run per row.
 */
export function batchRule({ inputs, outputs }: SessionSpecs, file: string): BatchRule {
  const about = 'batching';
  const source = `${file} graph`;
  if (inputs.length === 0) {
    return { batchable: false, fact: { about, value: 'off: there are no inputs', source, confidence: 'read' } };
  }
  const fixed = inputs.find(({ dims }) => dims.length === 0 || typeof dims[0] === 'number');
  if (fixed !== undefined) {
    const value = `off: input "${fixed.name}" [${fixed.dims.join(', ')}] has no dynamic first dimension, each row runs alone`;
    return { batchable: false, fact: { about, value, source, confidence: 'read' } };
  }
  const unbatched = outputs.find(({ dims }) => hasNoBatch(dims));
  if (unbatched !== undefined) {
    const value = `off: output "${unbatched.name}" [${unbatched.dims.join(', ')}] has no value per row, each row runs alone`;
    return { batchable: false, fact: { about, value, source, confidence: 'assumed' } };
  }
  const names = new Set(inputs.map(({ dims }) => dims[0]!).filter((dim) => dim !== null));
  if (names.size > 1) {
    const value = `off: the inputs' first dimensions differ (${[...names].join(', ')}), each row runs alone`;
    return { batchable: false, fact: { about, value, source, confidence: 'assumed' } };
  }
  const [name = null] = names;
  const certain = name === null ? true : batchNames.test(String(name));
  const value =
    name === null
      ? 'on: the first dimension of every input is dynamic'
      : `on: the first dimension "${String(name)}" is the batch`;
  return { batchable: true, fact: { about, value, source, confidence: certain ? 'read' : 'assumed' } };
}

/** No value per row on the first axis: a scalar, a fixed size, or the batch on the second axis (QDA's label [1, batch]). */
function hasNoBatch([first, second]: readonly Dim[]): boolean {
  if (first === undefined || (typeof first === 'number' && first > 1)) return true;
  return first === 1 && second !== undefined && typeof second !== 'number';
}

/** What of a session input or output belongs to one row: without the batch, or all of it where the first dim is fixed above 1. */
export function rowDims(dims: readonly Dim[]): readonly Dim[] {
  const [first, ...rest] = dims;
  return first === undefined || (typeof first === 'number' && first !== 1) ? dims : rest;
}

/** True where a row holds one value: dims `[]` or `[1]`. */
export function isScalar(dims: readonly Dim[]): boolean {
  return dims.length === 0 || (dims.length === 1 && dims[0] === 1);
}
