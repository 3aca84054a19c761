// examples/retries-and-errors.ts
import { createPredictor, isPredictorError } from '@web-single/sdk';

const predictor = createPredictor({
  baseUrl: 'http://127.0.0.1:3000',
  headers: async () => ({ authorization: `Bearer ${await Promise.resolve('token')}` }), // asked before every attempt
  timeoutMs: 5_000, // one deadline for all attempts
  retries: 3, // after the first attempt, and only where that is safe
});

const rows = [{ island: 'Dream' as const }, { island: 'Biscoe' as const, sex: 'male' as const }];
const { data, model, timing } = await predictor.models.penguins.predict(rows).withResponse();
console.log(data.length, model.name, model.version, timing.totalMs < 1_000);

try {
  await predictor.model('penguins').predict({ island: 'Java' }); // by name: no types, so the server has to object
} catch (error) {
  if (!isPredictorError(error)) throw error;
  console.log(error.code, error.status, error.details[0]?.field, error.details[0]?.expected);
}

const gone = AbortSignal.abort();
await predictor.models.penguins.predict({ island: 'Dream' }, { signal: gone }).catch((error: unknown) => {
  if (isPredictorError(error)) console.log(error.code);
});
