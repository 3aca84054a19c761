// Somebody else's program: a step of preprocessing by itself, and a server called by the typed client.
import { createPipeline, RowRejection } from '@web-single/preprocessing';
import { createPredictor, isPredictorError } from '@web-single/sdk';

const pipeline = createPipeline([{ step: 'one-hot', field: 'sex', values: ['female', 'male'] }]);
const [first, second] = await pipeline.run([{ sex: 'male' }, { sex: 'mal' }]);
const problem = second instanceof RowRejection ? second.problem.hint : undefined;

const predictor = createPredictor({ baseUrl: process.argv[2] ?? '' });
const { label } = await predictor.models.penguins.predict({ island: 'Dream', bill_length_mm: 50.6, sex: null });
const typed: 'Adelie' | 'Chinstrap' | 'Gentoo' = label;
const refused = await predictor.models.penguins
  .predict({ island: 'Dream', body_mass_g: -1 })
  .catch((error: unknown) => error);
const code = isPredictorError(refused) ? refused.code : undefined;
console.log(
  JSON.stringify({ first, problem, label: typed, code }, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Object.values(value) : value,
  ),
);
