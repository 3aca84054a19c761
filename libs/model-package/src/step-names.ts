import type { StepSpec } from '@web-single/preprocessing';

/** Every string a step's parameters hold: the names it may read or make. */
export function namesIn(steps: readonly StepSpec[]): Set<string> {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') names.add(value);
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        names.add(key);
        collect(inner);
      }
    }
  };
  for (const { step: _step, labels: _labels, classes: _classes, ...parameters } of steps)
    for (const value of Object.values(parameters)) collect(value);
  return names;
}
