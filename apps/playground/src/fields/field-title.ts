import type { InputField, OutputField } from '../server/model-description.ts';

/** A field's name as a person would write it: `bill_length_mm` in mm is "Bill length". */
export function fieldTitle(name: string, field: InputField | OutputField): string {
  const unit = field.type === 'number' ? field.unit?.toLowerCase() : undefined;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '');
  if (words.length > 1 && words.at(-1)?.toLowerCase() === unit) words.pop();
  const title = words.join(' ');
  return title === '' ? name : title[0]!.toUpperCase() + title.slice(1);
}

/** Whether a title hides how the field is really called. */
export const hidesName = (title: string, name: string): boolean => title.toLowerCase() !== name.toLowerCase();
