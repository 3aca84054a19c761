interface FieldBase {
  readonly optional?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

export interface NumberField extends FieldBase {
  readonly type: 'number';
  readonly integer?: boolean;
  readonly unit?: string;
  /** Inclusive, in `unit`; so is `max`. */
  readonly min?: number;
  readonly max?: number;
  readonly dtype?: string;
}

export interface BooleanField extends FieldBase {
  readonly type: 'boolean';
}

export type CategoryValue = string | number | boolean;

export interface CategoryField extends FieldBase {
  readonly type: 'category';
  readonly values: readonly CategoryValue[];
}

export interface TextField extends FieldBase {
  readonly type: 'text';
  readonly maxLength?: number;
}

export interface ImageField extends FieldBase {
  readonly type: 'image';
  readonly maxPixels?: number;
}

/** `null` or a name: of any length. */
export type Dim = number | string | null;

export interface TensorField extends FieldBase {
  readonly type: 'tensor';
  readonly dtype: string;
  readonly dims: readonly Dim[];
}

export interface ScoresField extends FieldBase {
  readonly type: 'scores';
  readonly of: string;
}

export type InputField = NumberField | BooleanField | CategoryField | TextField | ImageField | TensorField;
export type OutputField = NumberField | BooleanField | CategoryField | TextField | TensorField | ScoresField;
export type InputFields = Readonly<Record<string, InputField>>;
export type OutputFields = Readonly<Record<string, OutputField>>;
export type JsonRow = Readonly<Record<string, unknown>>;

export interface ModelExample {
  readonly input: JsonRow;
  readonly output: JsonRow;
}

/** What `describe()` gives, as the contract says; a newer server may know kinds of fields that are not listed here. */
export interface ModelDescription {
  readonly name: string;
  readonly version: string;
  readonly versions: readonly {
    readonly version: string;
    readonly digest: string;
    readonly active: boolean;
    readonly ready: boolean;
  }[];
  readonly digest: string;
  readonly task: string;
  readonly description: string;
  readonly license?: string;
  readonly signature: { readonly input: InputFields; readonly output: OutputFields; readonly bareInput?: string };
  readonly overrides?: { readonly sha256: string; readonly enabled?: boolean };
  readonly engine?: { readonly placement: string; readonly maxRows: number; readonly instances: number };
  readonly card?: string;
  readonly examples: readonly ModelExample[];
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

export const hasImages = (fields: InputFields): boolean => Object.values(fields).some(({ type }) => type === 'image');
