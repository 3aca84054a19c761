import type { InputField } from '../server/model-description.ts';
import type { Entry } from './draft.ts';

/** What every control gets; it draws the value alone, the frame around it has label, hint, error and "leave out". */
export interface ControlProps<Field extends InputField = InputField> {
  readonly id: string;
  readonly name: string;
  readonly field: Field;
  readonly entry: Entry;
  readonly onChange: (entry: Entry) => void;
  /** For `aria-describedby`: hint and error. */
  readonly describedBy: string;
  readonly isInvalid: boolean;
  /** What is wrong with it, as sentences; one of an element begins with its place, as in `[3]: `. */
  readonly errors: readonly string[];
}

/** A change of the text is a value again, where it was left out. */
export const withText = (text: string): Entry => ({ isLeftOut: false, text });

/** The attributes of aria that tie a control to its frame. */
export function ariaOf({ describedBy, isInvalid, field }: ControlProps) {
  return {
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid,
    'aria-required': field.optional !== true,
  } as const;
}
