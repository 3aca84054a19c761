/** A step's name as a manifest writes it, and as the code does. */
export interface StepNames {
  /** log-scale */
  readonly name: string;
  /** logScale */
  readonly identifier: string;
}

export function stepNames(name: string): StepNames {
  return { name, identifier: name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) };
}
