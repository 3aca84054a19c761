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
  await typeVector(page);

  const all = await page.getByRole('navigation', { name: 'Models' }).getByRole('link').allTextContents();
  assert.ok(all.includes('penguins') && all.includes('tfidf'));
}

/** Key by key, as nobody's `fill` does: what is typed halfway must stay. Then a row from a table, pasted into the second box. */
async function typeVector(page) {
  const texts = ['-5.5', '.28', '1.5e1', '14.23'];
  for (const [index, text] of texts.entries())
    await typeInto(page, page.getByLabel(`Element ${index}`, { exact: true }), text);
  const typed = await predicted(page, submit(page));
  assert.deepEqual(typed.row, { X: [-5.5, 0.28, 15, 14.23] });
  await page.getByLabel('Element 1', { exact: true }).evaluate((box) => {
    const clipboardData = new globalThis.DataTransfer();
    clipboardData.setData('text', '7.25\t-8;9');
    box.dispatchEvent(new globalThis.ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  const pasted = await predicted(page, submit(page));
  assert.deepEqual(pasted.row, { X: [-5.5, 7.25, -8, 9] });
}

async function typeInto(page, box, text) {
  await box.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text, { delay: 5 });
}
