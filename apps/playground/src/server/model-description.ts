import type { InputField, OutputField } from '@web-single/signature';

/** Types alone: of these libs nothing gets into the page. A newer server may know kinds of fields that are not among them. */
export type { ModelDescription, ModelExample } from '@web-single/contract';
export type {
  BooleanField,
  CategoryField,
  CategoryValue,
  ImageField,
  InputField,
  NumberField,
  OutputField,
  ScoresField,
  TensorField,
  TextField,
} from '@web-single/signature';
export type { Dim } from '@web-single/tensor';

export type InputFields = Readonly<Record<string, InputField>>;
export type OutputFields = Readonly<Record<string, OutputField>>;
export type JsonRow = Readonly<Record<string, unknown>>;

export const hasImages = (fields: InputFields): boolean => Object.values(fields).some(({ type }) => type === 'image');
