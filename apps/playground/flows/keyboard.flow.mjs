import assert from 'node:assert/strict';
import { expectLabel, openModel } from './answers.mjs';

const MOST_TABS = 40;

/** A prediction with the keyboard alone: choose, type, tick, send, and read on; an example and the table, too. */
export async function flow({ page, url }) {
  await openModel(page, url, 'penguins');
  await tabTo(page, (element) => element.type === 'radio' && element.name === 'field-island');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('input[name=field-island]:checked').getAttribute('value'), '"Biscoe"');
  await tabTo(page, (element) => element.id === 'field-body_mass_g');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('5200');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Space');
  assert.ok(await page.getByLabel('Leave out Body mass').isChecked());
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator('#field-body_mass_g').inputValue(), '5200');
  await page.keyboard.press('Enter');
  await page.locator('.label-answer').waitFor();

  await page.reload();
  await page.getByRole('button', { name: 'Predict', exact: true }).waitFor();
  await tabTo(page, (element) => element.textContent === 'Gentoo');
  await outlined(page);
  await page.keyboard.press('Enter');
  await expectLabel(page, 'Gentoo');
  await table(page);
}

async function table(page) {
  await page.reload();
  await page.getByRole('button', { name: 'Predict', exact: true }).waitFor();
  await tabTo(page, (element) => element.textContent === 'One row');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, (element) => element.textContent === 'Use the examples');
  await page.keyboard.press('Enter');
  await tabTo(page, (element) => element.textContent === 'Predict the table');
  await page.keyboard.press('Enter');
  await page.getByText(/^Done: \d+ of \d+ rows$/).waitFor();
}

/** Presses Tab until the focus is where it should be. */
async function tabTo(page, isThere) {
  for (let count = 0; count < MOST_TABS; count += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluateHandle(() => globalThis.document.activeElement);
    if (await focused.evaluate(isThere)) return;
  }
  throw new Error(`Not reached within ${MOST_TABS} tabs: ${isThere}`);
}

async function outlined(page) {
  const width = await page.evaluate(() => globalThis.getComputedStyle(globalThis.document.activeElement).outlineWidth);
  assert.equal(width, '2px');
}
