import { scoresLabels } from '@web-single/signature';
import type { Signature } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import type { OipModelSource } from './oip-model.ts';

/**
 * Labels of the session outputs that hold scores, for the classification extension. Told by the source, else guessed
 * only where one guess is possible: the signature has one field of scores with labels, and one float output has a column
 * per label, or may have as the only one with columns of unknown number. Wrong labels would be worse than none.
 */
export function sessionLabels(source: OipModelSource): ReadonlyMap<string, readonly string[]> {
  if (source.sessionLabels !== undefined) return new Map(Object.entries(source.sessionLabels));
  const labels = onlyLabels(source.signature);
  if (labels === undefined) return new Map();
  const outputs = source.sessionOutputs.filter((spec) => hasColumns(spec, source.batchable));
  const exact = outputs.filter(({ dims }) => dims.at(-1) === labels.length);
  const open = outputs.filter(({ dims }) => typeof dims.at(-1) !== 'number');
  const [output, ...others] = exact.length > 0 ? exact : open;
  return output === undefined || others.length > 0 ? new Map() : new Map([[output.name, labels]]);
}

function onlyLabels(signature: Signature): readonly string[] | undefined {
  const lists = Object.values(signature.output).flatMap((field) =>
    field.type === 'scores' ? [scoresLabels(signature, field)] : [],
  );
  return lists.length === 1 ? (lists[0] ?? undefined) : undefined;
}

/** `[batch, labels]`, and `[labels]` where there is no batch. */
function hasColumns({ dtype, dims }: TensorSpec, batchable: boolean): boolean {
  return dtype.startsWith('float') && (dims.length === 2 || (dims.length === 1 && !batchable));
}
