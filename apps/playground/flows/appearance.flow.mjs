import assert from 'node:assert/strict';
import { expectLabel, openModel } from './answers.mjs';

const ground = (page) => page.evaluate(() => globalThis.getComputedStyle(globalThis.document.body).backgroundColor);
const lightness = (colour) =>
  colour
    .match(/\d+/g)
    .slice(0, 3)
    .reduce((sum, part) => sum + Number(part), 0) / 3;

/** Light and dark, as the system or as chosen, and kept; a phone's width without a sideways scroll; no motion where none is wanted. */
export async function flow({ page, url, axe }) {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openModel(page, url, 'penguins');
  assert.ok(lightness(await ground(page)) > 200);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  assert.ok(lightness(await ground(page)) < 60);
  await page.getByRole('button', { name: 'Chinstrap' }).click();
  await expectLabel(page, 'Chinstrap');
  await axe('penguins, dark');
  await page.getByRole('button', { name: /^Theme: system/ }).click();
  assert.ok(lightness(await ground(page)) > 200);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.reload();
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  assert.ok(lightness(await ground(page)) < 60);
  const moving = await page.locator('.button.is-primary').evaluate((element) => {
    const { transitionDuration } = globalThis.getComputedStyle(element);
    return transitionDuration;
  });
  assert.equal(moving, '0s');
  await phone(page, url, axe);
  await headings(page);
}

async function phone(page, url, axe) {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const model of ['penguins', 'digits', 'trip', 'pair']) {
    await openModel(page, url, model);
    if (model === 'penguins') await openJson(page);
    const { scrollWidth, innerWidth } = await page.evaluate(() => ({
      scrollWidth: globalThis.document.documentElement.scrollWidth,
      innerWidth: globalThis.innerWidth,
    }));
    assert.ok(scrollWidth <= innerWidth, `${model} is ${scrollWidth} px wide on a phone of ${innerWidth} px`);
    await axe(`${model}, phone`);
  }
}

/** One heading of the first level, and no level left out below it. */
async function headings(page) {
  const levels = await page.evaluate(() =>
    [...globalThis.document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1])),
  );
  assert.equal(levels.filter((level) => level === 1).length, 1);
  levels.reduce((before, level) => {
    assert.ok(level <= before + 1, `h${before} is followed by h${level}`);
    return level;
  }, 0);
}

async function openJson(page) {
  await page.getByRole('button', { name: 'Gentoo' }).click();
  await expectLabel(page, 'Gentoo');
  await page.getByText('JSON', { exact: true }).click();
}
