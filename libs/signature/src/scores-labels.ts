import type { ScoresField } from './field.ts';
import type { Signature } from './signature.ts';

/** Keys of a scores object in the order of the labels; `null` where the field it is `of` has no closed list of them. */
export function scoresLabels(signature: Signature, { of, labels: own }: ScoresField): readonly string[] | null {
  if (own !== undefined) return own;
  const labels = Object.hasOwn(signature.output, of) ? signature.output[of] : undefined;
  if (labels?.type === 'category') return labels.values.map(String);
  return labels?.type === 'boolean' ? ['false', 'true'] : null;
}
