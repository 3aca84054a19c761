import type { InputField } from '../server/model-description.ts';
import { rangeText } from './number-step.ts';

/** What a field takes, beside its description: a range, a shape; '' where the control shows it. */
export function fieldHint(field: InputField): string {
  if (field.type === 'number') return rangeText(field);
  if (field.type !== 'tensor') return '';
  const dims = field.dims.map((dim) => (dim === null || dim === '' ? 'any' : String(dim)));
  return `${field.dtype} [${dims.join(', ')}]`;
}
