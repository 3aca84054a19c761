import { float16ToNumber, isTensor, quoteText } from '@web-single/tensor';
import type { Row, Tensor, Value, ValueMap } from '@web-single/tensor';
import type { Signature } from './signature.ts';

/**
 * Names the first output that is, or holds, NaN or an infinity although the signature promises numbers: `"y"`, `NaN`.
 * `null` where there is none. Outputs that are `optional` may hold such values: JSON carries them as null.
 */
export function findNonFinite({ output }: Signature, row: Row): { output: string; got: string } | null {
  for (const name in output) {
    if (output[name]?.optional === true) continue;
    const found = nonFiniteIn(row[name]);
    if (found !== undefined) return { output: quoteText(name), got: String(found) };
  }
  return null;
}

function nonFiniteIn(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  if (isTensor(value)) return nonFiniteElement(value as Tensor);
  const inner = value as ValueMap;
  for (const name in inner) {
    const found = nonFiniteIn(inner[name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nonFiniteElement({ dtype, data }: Tensor): number | undefined {
  if (dtype === 'float32' || dtype === 'float64') return data.find((element) => !Number.isFinite(element));
  if (dtype !== 'float16') return undefined;
  // All bits of the exponent are set.
  const bits = data.find((element) => (element & 0x7c00) === 0x7c00);
  return bits === undefined ? undefined : float16ToNumber(bits);
}
