// examples/many-rows.ts
import { createPredictor } from '@web-single/sdk';
import { predictMany } from '@web-single/sdk/many';

const { penguins } = createPredictor({ baseUrl: 'http://127.0.0.1:3000' }).models;

// A file, a cursor of a database, an array: anything that gives rows one after the other.
function* rows() {
  for (let row = 0; row < 1_000; row += 1) {
    yield { island: 'Dream' as const, bill_length_mm: row === 700 ? 999 : 50.6 };
  }
}

// One after the other, in order: at most 2 × 100 rows are in memory.
const outcomes = predictMany(penguins, rows(), { batchRows: 100, concurrency: 2, onError: 'row' });
const counts: Record<string, number> = {};
for await (const outcome of outcomes) {
  if (outcome.ok) counts[outcome.prediction.label] = (counts[outcome.prediction.label] ?? 0) + 1;
  else console.log(outcome.row, outcome.error.code, outcome.error.details[0]?.field);
}
console.log(counts);

// All of them at once; the first row that is wrong throws.
const all = await predictMany(penguins, [{ island: 'Dream' }, { island: 'Biscoe' }], {
  onProgress: ({ doneRows, totalRows }) => console.log(`${doneRows} of ${totalRows}`),
});
console.log(all.length);
