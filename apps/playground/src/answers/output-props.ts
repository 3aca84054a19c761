import type { JsonRow, OutputField, OutputFields } from '../server/model-description.ts';

/** What every view of an output gets. `outputs` and `prediction` are for those that belong together: a label and its scores. */
export interface OutputProps<Field extends OutputField = OutputField> {
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  readonly outputs: OutputFields;
  readonly prediction: JsonRow;
}
