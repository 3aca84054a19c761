// Generated from digits@1.0.0, penguins@1.0.0 by web-single. Do not edit: generate it again.
import type { ImageInput } from '../image-source.ts';
import type { ModelShape } from '../model-shape.ts';

/** One row for digits: Which digit, 0 to 9, is in the picture? Drawn by hand, with any pen, on a canvas or on paper. */
export type DigitsRow = {
  /** A PNG, JPEG or WebP of up to 25 megapixels with one digit, dark on light or light on dark. */
  image: ImageInput;
} | ImageInput;

/** One prediction of digits, version 1.0.0. */
export type DigitsPrediction = {
  /** The most probable digit. */
  label: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
  /** Probability of each digit; they add up to 1. */
  probabilities: Record<"0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9", number>;
};

/** One row for penguins: Species of a penguin of the Palmer Archipelago from body measurements, island and sex. */
export type PenguinsRow = {
  /** Island of the Palmer Archipelago where the penguin was seen. */
  island: "Biscoe" | "Dream" | "Torgersen";
  /** Length of the bill, along its upper ridge. Unit: mm. Minimum: 25. Maximum: 65. */
  bill_length_mm?: number | null;
  /** Depth (height) of the bill. Unit: mm. Minimum: 10. Maximum: 28. */
  bill_depth_mm?: number | null;
  /** Length of the flipper. Unit: mm. Minimum: 130. Maximum: 280. */
  flipper_length_mm?: number | null;
  /** Body mass. Unit: g. Minimum: 1500. Maximum: 9000. */
  body_mass_g?: number | null;
  /** Sex, where it is known. */
  sex?: "female" | "male" | null;
};

/** One prediction of penguins, version 1.0.0. */
export type PenguinsPrediction = {
  /** The most probable species. */
  label: "Adelie" | "Chinstrap" | "Gentoo";
  /** Probability of each species; they add up to 1. */
  probabilities: Record<"Adelie" | "Chinstrap" | "Gentoo", number>;
};

/** Every model by its name. */
export type Models = {
  digits: { row: Exclude<DigitsRow, readonly unknown[]>; item: DigitsRow; prediction: DigitsPrediction };
  penguins: { row: Exclude<PenguinsRow, readonly unknown[]>; item: PenguinsRow; prediction: PenguinsPrediction };
};

export const models: Readonly<Record<keyof Models, ModelShape>> = {
  digits: { file: 'image', images: ['image'], outputs: { label: 'category', probabilities: 'scores' } },
  penguins: { images: [], outputs: { label: 'category', probabilities: 'scores' } },
};
