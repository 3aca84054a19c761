import { createPredictor, isPredictorError } from '@web-single/sdk';
import { predictMany } from '@web-single/sdk/many';
import { predictOptions } from '@web-single/sdk/react';

/** Uses every part of the client against a real predictor, with nothing but what all runtimes have; gives what came out. */
export async function useSdk(baseUrl, pngBase64) {
  const predictor = createPredictor({ baseUrl });
  const { penguins, digits } = predictor.models;
  const png = Uint8Array.from(atob(pngBase64), (character) => character.charCodeAt(0));
  const dream = { island: 'Dream', bill_length_mm: 50.6 };
  const { data, model } = await penguins.predict(dream).withResponse();
  const pictures = await Promise.all([
    digits.predict(png),
    digits.predict(new Blob([png])),
    digits.predict([png, png]),
  ]);
  const tensors = await predictor.infer('digits', { image: { data: new Float32Array(784), shape: [1, 1, 28, 28] } });
  const query = predictOptions(penguins, dream);
  return {
    label: data.label,
    model: model.name,
    pictures: pictures.flat().map(({ label }) => label),
    described: (await penguins.describe()).name,
    listed: (await predictor.listModels()).map(({ name }) => name),
    logits: [...tensors.outputs.logits.shape],
    many: await labelsOfMany(penguins, dream),
    left: await leaveEarly(penguins, dream),
    outcomes: (await predictMany(penguins, [dream, { island: 'Java' }], { onError: 'row' })).map(({ ok }) => ok),
    query: (await query.queryFn({ signal: new AbortController().signal })).label,
    mismatch: await codeOf(penguins.predict({ island: 'Java' })),
    aborted: await codeOf(penguins.predict(dream, { signal: AbortSignal.abort() })),
    deadline: await codeOf(penguins.predict(dream, { timeoutMs: 0 })),
    lost: await codeOf(createPredictor({ baseUrl: 'http://127.0.0.1:9', retries: 0 }).listModels()),
  };
}

/** Every label of 200 rows, once each. */
async function labelsOfMany(model, row) {
  const predictions = await predictMany(model, Array(200).fill(row), { batchRows: 30, concurrency: 3 });
  return [predictions.length, ...new Set(predictions.map(({ label }) => label))];
}

/** How many predictions came of rows without end. */
async function leaveEarly(model, row) {
  const rows = (function* () {
    for (;;) yield row;
  })();
  let count = 0;
  for await (const _ of predictMany(model, rows, { batchRows: 10 })) if ((count += 1) === 25) break;
  return count;
}

async function codeOf(call) {
  try {
    await call;
    return 'none';
  } catch (error) {
    return isPredictorError(error) ? error.code : String(error);
  }
}
