import assert from 'node:assert/strict';

/** Opens a model's page and waits for its form. */
export async function openModel(page, url, model, query = '') {
  await page.goto(`${url}#/${model}${query}`);
  await page.getByRole('heading', { level: 1, name: model, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Predict', exact: true }).waitFor();
}

/** Does what starts a prediction, and returns what was sent and what came. */
export async function predicted(page, start) {
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => candidate.url().includes('/predict')),
    start(),
  ]);
  const body = JSON.parse(response.request().postData());
  return { status: response.status(), row: body.rows[0], answer: await response.json() };
}

export const submit = (page) => () => page.getByRole('button', { name: 'Predict', exact: true }).click();

/** The label as the reader sees it. */
export async function expectLabel(page, label) {
  await page.locator('.label-answer strong', { hasText: new RegExp(`^${label}$`) }).waitFor();
}

/** Asserts on what the page has come to, and says what it was instead. */
export async function expectText(locator, pattern) {
  await locator.first().waitFor();
  assert.match((await locator.first().textContent()) ?? '', pattern);
}

/** A stroke over the canvas through points in parts of its side. */
export async function draw(page, points, index = 0) {
  const canvas = page.locator('canvas').nth(index);
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await canvas.boundingBox();
  const [first, ...others] = points.map(([right, down]) => [x + right * width, y + down * height]);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const point of others) await page.mouse.move(...point, { steps: 12 });
  await page.mouse.up();
}

export const SEVEN = [
  [0.3, 0.22],
  [0.72, 0.22],
  [0.45, 0.85],
];
