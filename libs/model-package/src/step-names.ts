import type { StepSpec } from '@web-single/preprocessing';

/** Parameters whose strings name no values of a row. */
const HOLDS_LABELS: ReadonlySet<string> = new Set(['step', 'labels', 'classes', 'thresholds', 'otherwise']);

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
  for (const step of steps)
    for (const [parameter, value] of Object.entries(step)) if (!HOLDS_LABELS.has(parameter)) collect(value);
  return names;
}
