import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { draw, expectLabel, openModel, SEVEN, submit } from './answers.mjs';

const SIZES = [
  { name: 'wide', width: 1280, height: 900 },
  { name: 'phone', width: 390, height: 844 },
];

/** What is shown, by the name of its picture. */
const PAGES = {
  form: async (page, url) => {
    await openModel(page, url, 'penguins');
    await page.getByRole('button', { name: 'Chinstrap' }).click();
    await expectLabel(page, 'Chinstrap');
  },
  drawing: async (page, url) => {
    await openModel(page, url, 'digits');
    await draw(page, SEVEN);
    await submit(page)();
    await expectLabel(page, '7');
  },
  errors: async (page, url) => {
    await openModel(page, url, 'penguins');
    await page.getByLabel(/^Bill length/).fill('4000');
    await submit(page)();
    await page.getByRole('alert').waitFor();
  },
  table: async (page, url) => {
    await openModel(page, url, 'penguins');
    await page.getByRole('tab', { name: 'Table (CSV)' }).click();
    await page.getByRole('button', { name: 'Use the examples' }).click();
    await page.getByRole('button', { name: 'Predict the table' }).click();
    await page.getByText(/^Done/).waitFor();
  },
  plots: async (page, url) => {
    await openModel(page, url, 'trip', '?travellers=2&is_member=false&note="Two%20seats"&taste=[2,-1.5,0]');
    await page.getByRole('img', { name: /^24 numbers/ }).waitFor();
  },
  card: async (page, url) => {
    await openModel(page, url, 'penguins');
    await page.getByRole('heading', { name: 'This call in code' }).scrollIntoViewIfNeeded();
    await page.getByRole('region', { name: 'This call in code' }).evaluate((element) => element.scrollIntoView());
  },
};

/** Writes every page in both themes and two widths: `playground-form-dark-phone.png` and so on. */
export async function takeScreenshots({ browser, url, folder }) {
  await mkdir(folder, { recursive: true });
  for (const [name, show] of Object.entries(PAGES)) {
    for (const colorScheme of ['light', 'dark']) {
      for (const { name: size, ...viewport } of SIZES) {
        const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        await show(page, url);
        await frame(page, name, size);
        await page.screenshot({ path: join(folder, `playground-${name}-${colorScheme}-${size}.png`) });
        await context.close();
        process.stdout.write(`playground-${name}-${colorScheme}-${size}.png\n`);
      }
    }
  }
}

/** Where a reader would look: on a phone at what came, else from the top. */
async function frame(page, name, size) {
  const looked =
    size === 'phone' ? { table: '.progress', plots: '.answer-panel', errors: '.field.is-invalid' }[name] : undefined;
  if (looked !== undefined) await page.locator(looked).evaluate((element) => element.scrollIntoView());
  else if (name !== 'card' && size === 'wide') await page.evaluate(() => globalThis.scrollTo(0, 0));
}
