import assert from 'node:assert/strict';
import { expectText, openModel, predicted, submit } from './answers.mjs';

/** Every kind of control sends what it shows, and every kind of answer is drawn. */
export async function flow({ page, url, axe }) {
  await openModel(page, url, 'trip');
  await axe('trip, empty');
  await page.getByLabel('Travellers').fill('3');
  await page.getByRole('radio', { name: 'no' }).check({ force: true });
  await page.getByLabel('Element 0').fill('2');
  await page.getByLabel('Element 1').fill('-1.5');
  await page.getByLabel('Note').fill('Grüße "ab" <b>\\n</b>');
  const without = await predicted(page, submit(page));
  assert.deepEqual(without.row, {
    travellers: 3,
    is_member: false,
    note: 'Grüße "ab" <b>\\n</b>',
    taste: [2, -1.5, 0],
  });

  await expectText(page.getByRole('region', { name: 'price' }), /127\.5\s*EUR/);
  await expectText(page.getByRole('region', { name: 'is_expensive' }), /no/);
  await expectText(page.getByRole('region', { name: 'ticket' }), /Grüße "ab" <b>\\n<\/b>/);
  await page.getByRole('img', { name: /^24 numbers from/ }).waitFor();
  await page.getByRole('img', { name: /^6 × 10 numbers from/ }).waitFor();
  await axe('trip, answered');

  await page.getByLabel('Leave out Luggage').uncheck();
  await page.getByLabel('Luggage', { exact: true }).fill('0');
  await page.getByLabel('Season', { exact: true }).selectOption('May');
  const zero = await predicted(page, submit(page));
  assert.equal(zero.row.luggage, 0);
  assert.equal(zero.row.season, 'May');

  await page.getByLabel('Leave out Luggage').check();
  await page.getByLabel('Leave out Season').check();
  const left = await predicted(page, submit(page));
  assert.deepEqual(Object.keys(left.row), ['travellers', 'is_member', 'note', 'taste']);

  await live(page);
  await rawJson(page);
}

async function live(page) {
  await page.getByLabel('at every change').check();
  const { row } = await predicted(page, () => page.getByLabel('Travellers').fill('5'));
  assert.equal(row.travellers, 5);
  await page.getByText('212.5', { exact: true }).waitFor();
  await stale(page);
  await page.getByLabel('at every change').uncheck();
}

/** A call that is held is cancelled by the next change; its answer never comes over the newer one. */
async function stale(page) {
  let isFirst = true;
  await page.route('**/predict', (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    return undefined;
  });
  const held = page.waitForRequest('**/predict');
  await page.getByLabel('Travellers').fill('4');
  const cancelled = await held;
  const failed = page.waitForEvent('requestfailed', (request) => request === cancelled);
  await page.getByLabel('Travellers').fill('6');
  await failed;
  assert.equal(JSON.parse(cancelled.postData()).rows[0].travellers, 4);
  await page.getByText('255', { exact: true }).waitFor();
  await page.unroute('**/predict');
  await predicted(page, () => page.getByLabel('Travellers').fill('5'));
  await page.getByText('212.5', { exact: true }).waitFor();
}

async function rawJson(page) {
  await page.locator('summary', { hasText: 'JSON' }).click();
  const shown = JSON.parse(await page.locator('.raw pre').textContent());
  assert.equal(shown.predictions[0].price, 212.5);
  assert.equal(typeof shown.timing.inferMs, 'number');
}
