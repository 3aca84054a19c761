/**
 * Builds examples/web and uses it in a browser as a person would, against the built predictor: both models, a value that cannot be,
 * calls that are overtaken. `--screenshots FOLDER` writes what was seen, in both themes and two widths.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';
import { countedChecks } from '../image/prove/counted-checks.mjs';
import { freePorts, startBuiltServer } from '../outside/built-server.mjs';
import { root } from '../workspace/setup.mjs';
import { openBrowser, watchedPage } from './open-browser.mjs';

const { values } = parseArgs({ options: { screenshots: { type: 'string' } } });
const total = countedChecks();
const { check } = total;
const open = [];
try {
  const server = await startBuiltServer({ MODELS: join(root, 'models') });
  open.push(() => server.stop());
  process.env.PREDICTOR_URL = `http://${server.http}`;
  const example = join(root, 'examples/web');
  await build({ root: example, logLevel: 'warn' });
  const [port] = await freePorts(1);
  const site = await preview({
    root: example,
    logLevel: 'warn',
    preview: { port, strictPort: true, host: '127.0.0.1' },
  });
  open.push(() => site.close());
  const browser = await openBrowser();
  open.push(() => browser.close());
  const origin = `http://127.0.0.1:${port}`;
  const { page, problems } = await watchedPage(browser, origin);
  await page.goto(origin);
  await checkForm(page);
  check(
    'nothing but the refused row went wrong',
    problems.length === 1 && /422/.test(problems[0]),
    problems.join('; '),
  );
  await checkPad(page);
  if (values.screenshots !== undefined) await takeScreenshots(browser, origin, values.screenshots);
} catch (error) {
  total.giveUp(error);
} finally {
  for (const close of open.reverse()) await close();
}
process.exit(total.conclude('example-web'));

async function checkForm(page) {
  const form = page.getByRole('region', { name: 'Which penguin?' });
  const label = form.locator('.label');
  await form.getByLabel('Island').selectOption('Dream');
  await label.waitFor();
  check('a row with nothing but the island is answered', /^(Adelie|Chinstrap)$/.test(await label.innerText()));

  const answered = page.waitForResponse((response) => response.request().postData()?.includes('3800'));
  await form.getByLabel('Body mass').fill('3800');
  const { rows } = (await answered).request().postDataJSON();
  check(
    'empty fields are left out',
    JSON.stringify(rows) === '[{"island":"Dream","body_mass_g":3800}]',
    JSON.stringify(rows),
  );
  await checkOvertaking(page, form);
  check('the text of the label is shown', await form.getByText('A chinstrap penguin').isVisible());

  const bill = form.getByLabel('Bill length');
  await bill.fill('5');
  await form.locator('[aria-invalid="true"]').waitFor();
  const problem = await form.locator(`[id="${await bill.getAttribute('aria-describedby')}"]`).innerText();
  check('a value that cannot be is told beside its field', /25/.test(problem), problem);
  check('and no answer stands there', !(await label.isVisible()));
  await bill.fill('');
  await label.waitFor();
  check('left out again, it is answered', (await form.locator('[aria-invalid="true"]').count()) === 0);
}

/** The first of two rows is kept back until the second has been asked for. */
async function checkOvertaking(page, form) {
  const sent = [];
  const cancelled = [];
  const lengthOf = (request) => request.postDataJSON()?.rows?.[0].bill_length_mm;
  const noteSent = (request) => sent.push(lengthOf(request));
  const noteCancelled = (request) => cancelled.push(lengthOf(request));
  page.on('request', noteSent);
  page.on('requestfailed', noteCancelled);
  const bill = form.getByLabel('Bill length');
  const asked = (length) => page.waitForRequest((request) => lengthOf(request) === length);
  const second = asked(50.6);
  await page.route('**/predict', async (route) => {
    if (lengthOf(route.request()) === 40) await second;
    await route.continue().catch(() => undefined);
  });
  const first = asked(40);
  await bill.fill('40');
  await first;
  await typeAtOnce(bill, ['5', '50', '50.6']);
  await second;
  await form.locator('.label', { hasText: 'Chinstrap' }).waitFor();
  await page.unroute('**/predict');
  page.off('request', noteSent);
  page.off('requestfailed', noteCancelled);
  check('what is typed in one go is asked once', sent.join() === '40,50.6', sent.join());
  check('what is overtaken is cancelled', cancelled.join() === '40', cancelled.join());
}

/** Faster than the form waits, however busy the machine is: all in one task of the page. */
function typeAtOnce(field, texts) {
  return field.evaluate((input, values) => {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), 'value');
    for (const value of values) {
      set.call(input, value);
      input.dispatchEvent(new input.ownerDocument.defaultView.Event('input', { bubbles: true }));
    }
  }, texts);
}

async function checkPad(page) {
  const reader = page.getByRole('region', { name: 'Which digit?' });
  await reader.locator('canvas').scrollIntoViewIfNeeded();
  const { x, y, width, height } = await reader.locator('canvas').boundingBox();
  await page.mouse.move(x + width * 0.5, y + height * 0.2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.8, { steps: 8 });
  await page.mouse.up();
  await reader.locator('.label').waitFor();
  check('a drawn stroke is read as a one', (await reader.locator('.label').innerText()) === '1');
  await reader.getByLabel('Picture').setInputFiles(join(root, 'models/digits/golden/3.png'));
  const { label } = goldenOf('golden/3.png').output;
  await reader.locator('.label', { hasText: String(label) }).waitFor();
  check('a picture that is chosen is read as its golden case says', label !== 1, String(label));
  await reader.getByRole('button', { name: 'Clear' }).click();
  check('a cleared pad has no answer', (await reader.locator('.label').count()) === 0);
}

/** The golden case of the digits with this picture. */
function goldenOf(file) {
  const lines = readFileSync(join(root, 'models/digits/golden.jsonl'), 'utf8').trim().split('\n');
  return JSON.parse(lines.find((line) => line.includes(`"${file}"`)));
}

async function takeScreenshots(browser, origin, folder) {
  for (const colorScheme of ['light', 'dark'])
    for (const width of [1280, 390]) {
      const { page } = await watchedPage(browser, origin, { colorScheme, viewport: { width, height: 900 } });
      await page.goto(origin);
      await page.getByLabel('Island').selectOption('Dream');
      await page.getByLabel('Bill length').fill('50.6');
      await page.getByText('A chinstrap penguin').waitFor();
      await page.getByLabel('Flipper length').fill('5');
      await page.locator('[aria-invalid="true"]').waitFor();
      if (width === 1280) await page.getByLabel('Flipper length').fill('195');
      if (width === 1280) await page.getByText('A chinstrap penguin').waitFor();
      await checkPad(page);
      await page.getByLabel('Picture').setInputFiles(join(root, 'models/digits/golden/3.png'));
      await page.getByRole('region', { name: 'Which digit?' }).locator('.label').waitFor();
      await page.screenshot({ path: join(folder, `example-web-${colorScheme}-${width}.png`), fullPage: true });
      await page.close();
    }
}
