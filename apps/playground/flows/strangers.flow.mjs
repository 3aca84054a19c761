import assert from 'node:assert/strict';
import { expectLabel, openModel, predicted, submit } from './answers.mjs';

/** Bare files nobody described: a text, a vector in and tensors out. */
export async function flow({ page, url, axe }) {
  await openModel(page, url, 'tfidf');
  await page.getByLabel('Text', { exact: true }).fill('the cat purrs');
  const { row, answer } = await predicted(page, submit(page));
  assert.deepEqual(row, { text: 'the cat purrs' });
  await expectLabel(page, answer.predictions[0].label);

  await openModel(page, url, 'forest-multi-output');
  const vector = await predicted(page, submit(page));
  assert.deepEqual(vector.row, { X: [0, 0, 0, 0] });
  await page.getByRole('img', { name: /^2 numbers from/ }).waitFor();
  await page.getByRole('img', { name: /^2 × 3 numbers from/ }).waitFor();
  await axe('a bare file, answered');

  const all = await page.getByRole('navigation', { name: 'Models' }).getByRole('link').allTextContents();
  assert.ok(all.includes('penguins') && all.includes('tfidf'));
}
