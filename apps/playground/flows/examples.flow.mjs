import assert from 'node:assert/strict';
import { expectLabel, openModel, predicted } from './answers.mjs';

/** One click on a golden case fills the form and gives the answer its makers recorded. */
export async function flow({ page, url, axe }) {
  for (const model of ['penguins', 'digits']) {
    await openModel(page, url, model);
    const chips = page.getByRole('group', { name: 'Examples' }).getByRole('button');
    const labels = await chips.allTextContents();
    assert.ok(labels.length > 0);
    for (const [index, label] of labels.entries()) {
      const { answer } = await predicted(page, () => chips.nth(index).click());
      assert.equal(String(answer.predictions[0].label), label);
      await expectLabel(page, label);
    }
    await axe(`${model}, an example`);
  }
  await page.getByRole('img', { name: /^The picture that is sent/ }).waitFor();
}
