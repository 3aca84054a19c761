// examples/first-prediction.ts
import { readFile } from 'node:fs/promises';
import { createPredictor, isPredictorError } from '@web-single/sdk';

const baseUrl = process.env['PREDICTOR_URL'] ?? 'http://127.0.0.1:3000';
const predictor = createPredictor({ baseUrl });

try {
  const penguin = await predictor.models.penguins.predict({ island: 'Dream', bill_length_mm: 50.6, body_mass_g: 3800 });
  const species: 'Adelie' | 'Chinstrap' | 'Gentoo' = penguin.label;
  console.log(species, penguin.probabilities[species]);

  const digit = await predictor.models.digits.predict(await readFile('models/digits/golden/1.png'));
  console.log(digit.label);
} catch (error) {
  if (!isPredictorError(error) || error.code !== 'CONNECTION_FAILED') throw error;
  console.error(`Nothing listens at ${baseUrl}: run "npm start" in another terminal, or set PREDICTOR_URL.`);
  process.exitCode = 1;
}
