import type { JsonRow, OutputFields } from '../server/model-description.ts';

export interface OutputColumn {
  readonly title: string;
  /** The cell of a prediction; undefined where it has none. */
  readonly valueOf: (prediction: JsonRow) => unknown;
  readonly isScore: boolean;
}

const scoreOf = (scores: unknown, label: string): unknown => (scores as Record<string, unknown> | null)?.[label];

/** The columns predictions fill: one per output, of scores one per label. */
export function outputColumns(outputs: OutputFields, sample: JsonRow): readonly OutputColumn[] {
  return Object.entries(outputs).flatMap(([name, field]): OutputColumn[] => {
    if (field.type !== 'scores') return [{ title: name, valueOf: (prediction) => prediction[name], isScore: false }];
    return Object.keys((sample[name] ?? {}) as object).map((label) => ({
      title: `${name}.${label}`,
      valueOf: (prediction) => scoreOf(prediction[name], label),
      isScore: true,
    }));
  });
}
