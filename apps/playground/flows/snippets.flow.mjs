import assert from 'node:assert/strict';
import { openModel } from './answers.mjs';

/** The call in code follows the form, changes its language by the arrows, and is copied as it stands. */
export async function flow({ page, context, url, axe }) {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openModel(page, url, 'penguins');
  const panel = page.getByRole('region', { name: 'This call in code' });
  const tabs = panel.getByRole('tab');
  assert.ok((await tabs.count()) > 0);
  await page.getByLabel(/^Bill length/).fill('47.25');
  for (let index = 0; index < (await tabs.count()); index += 1) {
    await tabs.nth(index).click();
    const code = await panel.locator('pre').textContent();
    assert.match(code, /47\.25/);
    await panel.getByRole('button', { name: 'Copy the code' }).click();
    await panel.getByText('Copied').waitFor();
    assert.equal(await page.evaluate(() => globalThis.navigator.clipboard.readText()), code);
    await axe(`snippet ${index}`);
    await panel.getByRole('button', { name: 'Copy the code' }).waitFor();
  }
  await tabs.first().focus();
  await page.keyboard.press('End');
  assert.equal(await tabs.last().getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowRight');
  assert.equal(await tabs.first().getAttribute('aria-selected'), 'true');
}
