import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openModel } from './answers.mjs';

const CSV = `Island;bill_length_mm;bill_depth_mm;flipper_length_mm;body_mass_g;sex;note
Dream;50.6;19.4;193;3800;male;"a; b"
Java;39.1;18.7;181;3750;;wrong island
Torgersen;390;18.7;181;3750;;wrong length
Torgersen;;;;;;nothing known
`;

/** A pasted CSV becomes a table with predictions and a file; wrong rows and columns are named. */
export async function flow({ page, url, axe }) {
  await openModel(page, url, 'penguins');
  await page.getByRole('tab', { name: 'Table (CSV)' }).click();
  await axe('table, empty');
  const box = page.getByLabel('CSV with a header');
  const start = page.getByRole('button', { name: 'Predict the table' });
  await box.fill('bill_length_mm\n40');
  await page.getByText('The model needs a column “island”').waitFor();
  assert.ok(await start.isDisabled());

  await box.fill(CSV);
  await page.getByText('4 rows, 6 of the model’s fields. Not sent: “note”.').waitFor();
  await start.click();
  await page.getByText('Done: 4 of 4 rows, 2 with errors').waitFor();
  const rows = page.locator('.result-table tbody tr');
  assert.match(await rows.nth(0).textContent(), /^1Chinstrap2\.1 %97\.8 %/);
  assert.match(await rows.nth(1).textContent(), /island: expected one of "Biscoe", "Dream", "Torgersen", got "Java"/);
  assert.match(await rows.nth(2).textContent(), /bill_length_mm: expected number from 25 to 65 \(mm\), got 390/);
  await axe('table, answered');
  await download(page);
  await cancel(page, box, start);
}

async function download(page) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'penguins-predictions.csv');
  const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
  assert.equal(
    lines[0],
    'Island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex,note,' +
      'label,probabilities.Adelie,probabilities.Chinstrap,probabilities.Gentoo,error',
  );
  assert.match(lines[1], /^Dream,50\.6,19\.4,193,3800,male,a; b,Chinstrap,0\.02\d+,0\.97\d+,0\.001\d+,$/);
  assert.match(lines[2], /^Java,.*,wrong island,,,,,"island: expected one of ""Biscoe""/);
  assert.match(lines[4], /^Torgersen,,,,,,nothing known,Adelie,/);
  assert.equal(lines.length, 6);
}

/** Held at its second chunk, so that there is something to cancel; what was answered stays. */
async function cancel(page, box, start) {
  let calls = 0;
  await page.route('**/predict', async (route) => {
    calls += 1;
    if (calls === 1) await route.continue();
  });
  await box.fill(`island\n${'Dream\n'.repeat(500)}`);
  await start.click();
  await page.getByText('200 of 500 rows').waitFor();
  const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/predict'));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await failed;
  await page.getByText('Cancelled: 200 of 500 rows').waitFor();
  await page.unroute('**/predict');
  await page.getByRole('button', { name: 'Download as CSV' }).waitFor();
}
