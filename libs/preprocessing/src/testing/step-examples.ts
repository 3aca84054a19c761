import type { Row } from '@web-single/tensor';
import type { StepSpec } from '../step.ts';
import { readFixtureImage } from './pillow-fixtures.ts';
import { counting, grey } from './pictures.ts';

/** A manifest entry and a row that its step accepts. */
export interface StepExample {
  readonly spec: StepSpec;
  readonly row: Row;
}

const labels = ['a', 'b', 'c'];
const logits = { dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, -2, 0.5) } as const;
const drawing = grey([0, 0, 0, 0], [0, 200, 90, 0], [0, 0, 255, 0]);

/** One for every registered step, checked by the registry's tests. */
export const stepExamples: readonly StepExample[] = [
  { spec: { step: 'fill-missing', fields: { sex: 'missing' } }, row: { sex: null } },
  { spec: { step: 'map-categories', field: 'island', values: labels }, row: { island: 'b' } },
  { spec: { step: 'one-hot', field: 'island', values: labels, as: 'x' }, row: { island: 'c' } },
  { spec: { step: 'scale', fields: { mass: { mean: 4000, std: 800 } } }, row: { mass: 3600 } },
  { spec: { step: 'pack-columns', fields: ['a', 'b'], as: 'x' }, row: { a: 1, b: null } },
  { spec: { step: 'rename-fields', fields: { a: 'b' } }, row: { a: 1 } },
  { spec: { step: 'drop-fields', fields: ['a'] }, row: { a: 1, b: 2 } },
  {
    spec: { step: 'decode-image', field: 'image', mode: 'rgb', background: 'contrast' },
    row: { image: readFixtureImage('rgba.png') },
  },
  { spec: { step: 'light-on-dark', field: 'image' }, row: { image: drawing } },
  { spec: { step: 'stretch-contrast', field: 'image' }, row: { image: drawing } },
  { spec: { step: 'crop-to-content', field: 'image' }, row: { image: drawing } },
  {
    spec: { step: 'resize-image', field: 'image', fit: 'exact', width: 7, height: 2, filter: 'bicubic' },
    row: { image: counting(4, 3) },
  },
  { spec: { step: 'center-crop', field: 'image', width: 2, height: 1 }, row: { image: counting(4, 3) } },
  {
    spec: { step: 'place-image', field: 'image', width: 8, height: 8, anchor: 'center-of-mass' },
    row: { image: drawing },
  },
  {
    spec: { step: 'image-to-tensor', field: 'image', mean: [0.5], std: [0.25], layout: 'CHW' },
    row: { image: drawing },
  },
  { spec: { step: 'softmax', field: 'logits' }, row: { logits } },
  { spec: { step: 'sigmoid', field: 'logits' }, row: { logits } },
  { spec: { step: 'classify', from: 'logits', labels }, row: { logits } },
  { spec: { step: 'top-k', from: 'logits', labels, k: 2 }, row: { logits } },
  { spec: { step: 'rename-outputs', fields: { logits: 'scores' } }, row: { logits } },
  { spec: { step: 'select-outputs', fields: ['logits'] }, row: { logits, hidden: 1 } },
];
