import type { ModelDescription } from '../model-description.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const measure = (description: string, unit: string, limits: { min: number; max: number; example: number }) =>
  ({ type: 'number', unit, ...limits, optional: true, description }) as const;

/** Looks like models/penguins: categories and numbers, some of them optional. */
export const penguins: ModelDescription = {
  name: 'penguins',
  version: '1.0.0',
  versions: [{ version: '1.0.0', digest: digest('a'), active: true, ready: true }],
  digest: digest('a'),
  task: 'tabular-classification',
  description: 'Species of a penguin of the Palmer Archipelago from body measurements, island and sex.',
  license: 'CC0-1.0',
  signature: {
    input: {
      island: {
        type: 'category',
        values: ['Biscoe', 'Dream', 'Torgersen'],
        example: 'Torgersen',
        description: 'Island of the Palmer Archipelago where the penguin was seen.',
      },
      bill_length_mm: measure('Length of the bill, along its upper ridge.', 'mm', { min: 25, max: 65, example: 39.1 }),
      bill_depth_mm: measure('Depth (height) of the bill.', 'mm', { min: 10, max: 28, example: 18.7 }),
      flipper_length_mm: measure('Length of the flipper.', 'mm', { min: 130, max: 280, example: 181 }),
      body_mass_g: measure('Body mass.', 'g', { min: 1500, max: 9000, example: 3750 }),
      sex: {
        type: 'category',
        values: ['female', 'male'],
        optional: true,
        example: 'male',
        description: 'Sex, where it is known.',
      },
    },
    output: {
      label: {
        type: 'category',
        values: ['Adelie', 'Chinstrap', 'Gentoo'],
        description: 'The most probable species.',
      },
      probabilities: {
        type: 'scores',
        of: 'label',
        description: 'Probability of each species; they add up to 1.',
      },
    },
  },
  engine: { placement: 'inline', maxRows: 64, instances: 1 },
  examples: [
    {
      input: {
        island: 'Dream',
        bill_length_mm: 50.6,
        bill_depth_mm: 19.4,
        flipper_length_mm: 193,
        body_mass_g: 3800,
        sex: 'male',
      },
      output: { label: 'Chinstrap', probabilities: { Adelie: 0.0207, Chinstrap: 0.9778, Gentoo: 0.0015 } },
    },
  ],
  assumptions: [],
  warnings: [],
};

const ONE_PIXEL_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const certainty = Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [String(digit), digit === 3 ? 1 : 0]));

/** Looks like models/digits: one image in, a label of type number out. */
export const digits: ModelDescription = {
  name: 'digits',
  version: '1.0.0',
  versions: [{ version: '1.0.0', digest: digest('b'), active: true, ready: true }],
  digest: digest('b'),
  task: 'image-classification',
  description: 'Which digit, 0 to 9, is in the picture? Drawn by hand, with any pen, on a canvas or on paper.',
  license: 'CC-BY-4.0',
  signature: {
    input: {
      image: {
        type: 'image',
        maxPixels: 25_000_000,
        description: 'A PNG, JPEG or WebP of up to 25 megapixels with one digit, dark on light or light on dark.',
      },
    },
    output: {
      label: { type: 'category', values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], description: 'The most probable digit.' },
      probabilities: { type: 'scores', of: 'label', description: 'Probability of each digit; they add up to 1.' },
    },
    bareInput: 'image',
  },
  engine: { placement: 'process', maxRows: 32, instances: 1 },
  examples: [{ input: { image: { base64: ONE_PIXEL_PNG } }, output: { label: 3, probabilities: certainty } }],
  assumptions: [],
  warnings: [],
};
