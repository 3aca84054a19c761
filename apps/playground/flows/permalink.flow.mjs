import assert from 'node:assert/strict';
import { draw, expectLabel, openModel, predicted, SEVEN, submit } from './answers.mjs';

/** The address carries model and input: it can be loaded again, sent on, and gone back to. */
export async function flow({ page, url }) {
  await openModel(page, url, 'penguins');
  await page.getByRole('button', { name: 'Gentoo' }).click();
  await expectLabel(page, 'Gentoo');
  await page.getByLabel('Leave out Body mass').check();
  await page.getByLabel(/^Bill length/).fill('41.5');
  const sent = await predicted(page, submit(page));
  const again = await predicted(page, () => page.reload());
  assert.deepEqual(again.row, sent.row);
  assert.equal(await page.getByLabel(/^Bill length/).inputValue(), '41.5');
  assert.ok(await page.getByLabel('Leave out Body mass').isChecked());

  await page.goBack();
  await page.locator('[aria-label="Leave out Body mass"]:not(:checked)').waitFor();
  await page.goForward();
  await page.locator('[aria-label="Leave out Body mass"]:checked').waitFor();
  await versionInLink(page, url);
  await drawing(page, url);
  await stranger(page, url);
}

async function versionInLink(page, url) {
  await openModel(page, url, 'penguins', '@9.9.9?island="Dream"');
  await expectLabel(page, 'Chinstrap');
}

async function drawing(page, url) {
  await openModel(page, url, 'digits');
  await draw(page, SEVEN);
  await predicted(page, submit(page));
  await expectLabel(page, '7');
  const again = await predicted(page, () => page.reload());
  assert.match(again.row.image.base64, /^iVBOR/);
  await expectLabel(page, '7');
  await page.getByRole('img', { name: /draw here/ }).waitFor();

  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file…' }).click(),
  ]);
  await chooser.setFiles({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(60_000, 1) });
  await page.getByText('Too large for a link: Image').waitFor();
}

/** A link to what is not there says so, and the page goes on. */
async function stranger(page, url) {
  await page.goto(`${url}#/nobody`);
  await page
    .getByRole('alert')
    .getByText(/nobody/)
    .waitFor();
  await openModel(page, url, 'penguins', '?island=%22Dream%22&unknown=1&bill_length_mm=oops');
  await expectLabel(page, 'Chinstrap');
}
