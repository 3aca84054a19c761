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
} from './field.ts';
export type { Signature } from './signature.ts';
