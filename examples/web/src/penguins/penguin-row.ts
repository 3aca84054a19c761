import type { Models } from '@web-single/sdk';

/** What the model takes, as its manifest says. */
export type PenguinRow = Models['penguins']['row'];

export type PenguinPrediction = Models['penguins']['prediction'];

export type Species = PenguinPrediction['label'];

/** The fields that hold a number. */
export type MeasurementName = {
  [Name in keyof PenguinRow]-?: NonNullable<PenguinRow[Name]> extends number ? Name : never;
}[keyof PenguinRow];

/** The form as it is typed: empty text is a field left out. */
export interface PenguinDraft {
  readonly island: PenguinRow['island'] | '';
  readonly sex: NonNullable<PenguinRow['sex']> | '';
  readonly measurements: Readonly<Partial<Record<MeasurementName, string>>>;
}

/** The row to send; undefined while what the model cannot do without is missing. */
export function rowOf({ island, sex, measurements }: PenguinDraft): PenguinRow | undefined {
  if (island === '') return undefined;
  const given = Object.entries(measurements).filter(([, text]) => text.trim() !== '');
  return {
    island,
    ...(sex === '' ? {} : { sex }),
    ...Object.fromEntries(given.map(([name, text]) => [name, Number(text)])),
  };
}
