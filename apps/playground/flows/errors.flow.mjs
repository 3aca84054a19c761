import assert from 'node:assert/strict';
import { expectLabel, openModel, predicted, submit } from './answers.mjs';

/** What is wrong with a value stands beside it, tied to it; what is wrong with the call stands in an alert with its request. */
export async function flow({ page, url, axe }) {
  await openModel(page, url, 'penguins');
  const length = page.getByLabel(/^Bill length/);
  await length.fill('4000');
  const { status } = await predicted(page, submit(page));
  assert.equal(status, 422);
  await page.getByText('Expected number from 25 to 65 (mm), got 4000.').waitFor();
  assert.equal(await length.getAttribute('aria-invalid'), 'true');
  const described = await length.getAttribute('aria-describedby');
  const errorId = described.split(' ').find((id) => id.endsWith('-error'));
  assert.match(await page.locator(`[id="${errorId}"]`).textContent(), /got 4000/);
  await page.getByRole('alert').getByText('INPUT_MISMATCH').waitFor();
  await page
    .getByRole('alert')
    .getByText(/^request/)
    .waitFor();
  await axe('penguins, refused');

  await page
    .getByRole('alert')
    .getByRole('button', { name: /Bill length/ })
    .click();
  assert.ok(await length.evaluate((element) => element === element.ownerDocument.activeElement));
  await length.fill('40');
  assert.equal(await length.getAttribute('aria-invalid'), 'false');
  await predicted(page, submit(page));
  await page.locator('.label-answer').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);

  await notANumber(page, length);
  await unreachable(page);
  await health(page);
  await group(page, url);
}

/** What cannot be sent is not: the field says so and takes the focus. */
async function notANumber(page, length) {
  await length.fill('');
  await submit(page)();
  await page.getByText('Enter a number, or leave it out.').waitFor();
  await page.waitForFunction(() => globalThis.document.activeElement.id === 'field-bill_length_mm');
  await length.fill('40');
}

async function unreachable(page) {
  await page.route('**/predict', (route) => route.abort());
  await submit(page)();
  await page.getByRole('alert').getByText('CONNECTION_FAILED').waitFor();
  await page.unroute('**/predict');
  await page.getByRole('button', { name: 'Chinstrap' }).click();
  await expectLabel(page, 'Chinstrap');
}

/** Told when the page is shown again, without a reload. */
async function health(page) {
  const look = () => page.evaluate(() => globalThis.document.dispatchEvent(new globalThis.Event('visibilitychange')));
  await page.locator('.health', { hasText: /Server: Ready$/ }).waitFor();
  await page.route('**/readyz', (route) => route.fulfill({ status: 503, json: { status: 'draining', models: [] } }));
  await look();
  await page.locator('.health', { hasText: 'Not ready' }).waitFor();
  await page.unroute('**/readyz');
  await page.route('**/readyz', (route) => route.abort());
  await look();
  await page.locator('.health', { hasText: 'Unreachable' }).waitFor();
  await page.unroute('**/readyz');
  await look();
  await page.locator('.health', { hasText: /Server: Ready$/ }).waitFor();
}

/** A choice that is not made yet takes the focus, too. */
async function group(page, url) {
  await openModel(page, url, 'trip');
  await submit(page)();
  await page.getByText('Choose one.').waitFor();
  const isThere = await page.evaluate(() => globalThis.document.activeElement.name === 'field-is_member');
  assert.ok(isThere);
}
