import type { InputField, Signature } from '@web-single/signature';
import type { JsonRow } from './package-draft.ts';
import { seededRandom } from './seeded-random.ts';

const seed = 20;
const words = ['small', 'red', 'bird', 'seen', 'twice', 'near', 'the', 'river', 'quiet', 'today'];
/** Every so many rows an optional value is missing. */
const missingEvery = 5;
/** What sizes that the graph leaves open become, row by row: some graphs take only large ones, or multiples. */
const openSizes = [4, 2, 8, 16, 32, 64];

/** Rows that a signature read from a graph takes, made up, the same at every run. */
export function madeUpRows({ input }: Signature, count: number): JsonRow[] {
  const random = seededRandom(seed);
  const fields = Object.entries(input);
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(fields.map(([name, field], column) => [name, valueFor(field, { row, column, random })])),
  );
}

interface Place {
  readonly row: number;
  readonly column: number;
  readonly random: () => number;
}

function valueFor(field: InputField, place: Place): unknown {
  const { row, column, random } = place;
  if (field.optional === true && (row + column) % missingEvery === missingEvery - 1) return null;
  switch (field.type) {
    case 'number':
      return numberFor(field, random);
    case 'boolean':
      return random() < 0.5;
    case 'category':
      return field.values[(row + column) % field.values.length];
    case 'text':
      return textOf(1 + (row % 6), random);
    case 'tensor':
      return nested(
        field.dims.map((dim) => (typeof dim === 'number' ? dim : openSizes[row % openSizes.length]!)),
        () => elementFor(field.dtype, random),
      );
    case 'image':
      throw new TypeError('A graph says nothing of pictures: there is no row to make up.');
  }
}

/** A graph gives no ranges. 0 or 1 for integers, since one may be an index of a short table; else −3 to 3, as standardised columns have it. */
function numberFor({ integer }: Extract<InputField, { type: 'number' }>, random: () => number): number {
  return integer === true ? Math.round(random()) : rounded(random() * 6 - 3, 3);
}

function elementFor(dtype: string, random: () => number): unknown {
  if (dtype === 'string') return textOf(1, random);
  if (dtype === 'bool') return random() < 0.5;
  return dtype.startsWith('float') ? rounded(random() * 4 - 2, 2) : Math.round(random());
}

function nested([size, ...inner]: readonly number[], element: () => unknown): unknown {
  return size === undefined ? element() : Array.from({ length: size }, () => nested(inner, element));
}

function textOf(count: number, random: () => number): string {
  return Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(' ');
}

/** Few digits: they stay readable, and are equal in float32 and in the file. */
function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}
