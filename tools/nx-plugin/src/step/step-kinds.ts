/** What a new step of a kind is besides its files: the code lies under files/<kind>. */
export interface StepTemplate {
  /** Source of its entry in step-examples.ts. */
  readonly example: (name: string) => string;
  /** Cells of the table of steps: parameters, what it does. */
  readonly parameters: string;
  readonly does: string;
}

export type StepKind = 'tabular' | 'image' | 'text' | 'postprocess';

export const stepKinds: Readonly<Record<StepKind, StepTemplate>> = {
  tabular: {
    example: (name) => `{ spec: { step: '${name}', field: 'mass', factor: 0.5 }, row: { mass: 3600 } },`,
    parameters: '`field, factor`',
    does: 'number × factor; null stays null',
  },
  image: {
    example: (name) => `{ spec: { step: '${name}', field: 'image', offset: 40 }, row: { image: drawing } },`,
    parameters: '`field, offset`',
    does: 'adds `offset` to every level, cut to 0–255',
  },
  text: {
    example: (name) => `{ spec: { step: '${name}', field: 'text' }, row: { text: ' two  words ' } },`,
    parameters: '`field`',
    does: 'trims a text, makes one space of all white space between words; null stays null',
  },
  postprocess: {
    example: (name) => `{ spec: { step: '${name}', field: 'logits', divisor: 2 }, row: { logits } },`,
    parameters: '`field, as?, divisor`',
    does: 'logits / divisor, in float64',
  },
};
