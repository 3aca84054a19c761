import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draw, expectLabel, openModel, predicted, SEVEN, submit } from './answers.mjs';

const golden = join(import.meta.dirname, '../../../models/digits/golden');

/** A picture comes from the pen, a file, a drop, the clipboard or the camera; several fields keep theirs apart. */
export async function flow({ page, url, axe }) {
  await openModel(page, url, 'digits');
  await submit(page)();
  await page.getByText('Draw or choose a picture.').waitFor();
  await draw(page, SEVEN);
  await predicted(page, submit(page));
  await expectLabel(page, '7');
  await axe('digits, answered');

  await page.getByRole('button', { name: 'Clear' }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a file…' }).click(),
  ]);
  await chooser.setFiles(join(golden, '2.png'));
  await page.getByRole('img', { name: 'The picture that is sent: 2.png' }).waitFor();
  const file = await predicted(page, submit(page));
  assert.equal(file.row.image.base64, (await readFile(join(golden, '2.png'))).toString('base64'));
  await axe('digits, with a file');

  await give(page, 'drop', await readFile(join(golden, '3.png'), 'base64'), 'dropped.png');
  await page.getByRole('img', { name: /dropped\.png/ }).waitFor();
  await give(page, 'paste', await readFile(join(golden, '1.png'), 'base64'), 'pasted.png');
  await page.getByRole('img', { name: /pasted\.png/ }).waitFor();
  await camera(page);
  await several(page, url, axe);
}

/** A file in the hands of an event, as the browser would give it. */
async function give(page, kind, base64, fileName) {
  await page.locator('.image-control').evaluate(
    (element, { kind, base64, fileName }) => {
      const { Uint8Array, File, DataTransfer, ClipboardEvent, DragEvent, atob } = globalThis;
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], fileName, { type: 'image/png' }));
      const options = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        kind === 'drop'
          ? new DragEvent('drop', { ...options, dataTransfer: data })
          : new ClipboardEvent('paste', { ...options, clipboardData: data }),
      );
    },
    { kind, base64, fileName },
  );
}

async function camera(page) {
  await page.getByRole('button', { name: 'Use the camera' }).click();
  const video = page.locator('video');
  await video.waitFor();
  await page.waitForFunction(() => globalThis.document.querySelector('video').videoWidth > 0);
  await page.getByRole('button', { name: 'Take the picture' }).click();
  await page.getByRole('img', { name: /camera\.jpg/ }).waitFor();
  assert.equal(await video.count(), 0);
}

async function several(page, url, axe) {
  await openModel(page, url, 'pair');
  await draw(page, SEVEN, 0);
  await draw(
    page,
    [
      [0.5, 0.2],
      [0.5, 0.8],
    ],
    1,
  );
  const { row, answer } = await predicted(page, submit(page));
  assert.notEqual(row.left.base64, row.right.base64);
  assert.ok(answer.predictions[0].likeness < 1);
  await page.getByRole('img', { name: /^16 × 16 numbers/ }).waitFor();
  await axe('pair, answered');
}
