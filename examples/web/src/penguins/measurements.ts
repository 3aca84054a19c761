import type { MeasurementName } from './penguin-row.ts';

export interface Measurement {
  readonly name: MeasurementName;
  readonly title: string;
  readonly unit: string;
  readonly step: number;
}

/** In the order of the form. A field renamed in the manifest fails to compile here, on its line. */
export const measurements: readonly Measurement[] = [
  { name: 'bill_length_mm', title: 'Bill length', unit: 'mm', step: 0.1 },
  { name: 'bill_depth_mm', title: 'Bill depth', unit: 'mm', step: 0.1 },
  { name: 'flipper_length_mm', title: 'Flipper length', unit: 'mm', step: 1 },
  { name: 'body_mass_g', title: 'Body mass', unit: 'g', step: 50 },
];
