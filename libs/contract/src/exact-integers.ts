import type { InputField, Signature } from '@web-single/signature';

const is64Bit = (field: InputField): boolean =>
  (field.type === 'number' || field.type === 'tensor') && (field.dtype === 'int64' || field.dtype === 'uint64');

/** True where an input holds 64-bit integers: its requests are parsed with `exactIntegers`, which costs several times as much. */
export function needsExactIntegers({ input }: Signature): boolean {
  return Object.values(input).some(is64Bit);
}
