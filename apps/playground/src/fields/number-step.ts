import type { NumberField } from '../server/model-description.ts';

/** A round step, about a hundredth of the range; whole for integers; 'any' where there is no range. */
export function numberStep({ integer, min, max }: NumberField): number | 'any' {
  if (min === undefined || max === undefined || max <= min) return integer ? 1 : 'any';
  const rough = (max - min) / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].findLast((factor) => factor * power <= rough * 1.0001) ?? 1);
  return integer ? Math.max(1, Math.round(step)) : Number(step.toPrecision(1));
}

/** "25 to 65 mm", "at least 0", or nothing. */
export function rangeText({ min, max, unit, integer }: NumberField): string {
  const inUnit = unit === undefined ? '' : ` ${unit}`;
  const whole = integer ? 'whole, ' : '';
  if (min !== undefined && max !== undefined) return `${whole}${min} to ${max}${inUnit}`;
  if (min !== undefined) return `${whole}at least ${min}${inUnit}`;
  if (max !== undefined) return `${whole}at most ${max}${inUnit}`;
  return integer ? 'whole number' : '';
}
