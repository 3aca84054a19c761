import type { InputField, OutputField } from './field.ts';

/** Named, typed inputs and outputs as the caller sees them, in declaration order. */
export interface Signature {
  readonly input: Readonly<Record<string, InputField>>;
  readonly output: Readonly<Record<string, OutputField>>;
  /** Set where the model has one input: a row may be the bare value instead of `{ [bareInput]: value }`. */
  readonly bareInput?: string;
}
