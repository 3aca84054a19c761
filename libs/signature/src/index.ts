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
export { checkRows } from './check-rows.ts';
export type { CheckRowsOptions, RowCheck } from './check-rows.ts';
export { decodeBase64 } from './base64.ts';
export type { Base64Result } from './base64.ts';
export { isSupportedImage, sniffImage } from './sniff-image.ts';
export type { ImageKind } from './sniff-image.ts';
export { findNonFinite } from './find-non-finite.ts';
export { imageSize } from './image-size.ts';
export type { ImageSize } from './image-size.ts';
export { describeField } from './describe-field.ts';
export type { JsonSchema } from './json-schema.ts';
export { scoresLabels } from './scores-labels.ts';
export { rowSchema } from './row-schema.ts';
export { predictionSchema } from './prediction-schema.ts';
export { imageInputType, predictionType, rowType } from './typescript-type.ts';
