// examples/first-prediction.ts
import { readFile } from 'node:fs/promises';
import { createPredictor } from '@web-single/sdk';

const predictor = createPredictor({ baseUrl: 'http://127.0.0.1:3000' });

const penguin = await predictor.models.penguins.predict({ island: 'Dream', bill_length_mm: 50.6, body_mass_g: 3800 });
const species: 'Adelie' | 'Chinstrap' | 'Gentoo' = penguin.label;
console.log(species, penguin.probabilities[species]);

const digit = await predictor.models.digits.predict(await readFile('models/digits/golden/1.png'));
console.log(digit.label);
