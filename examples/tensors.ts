// examples/tensors.ts
import { createPredictor } from '@web-single/sdk';

const predictor = createPredictor({ baseUrl: 'http://127.0.0.1:3000' });

// Rows, a column for each field: the server checks and prepares them as it does for predict.
const rows = await predictor.infer(
  'penguins',
  { island: { data: ['Dream', 'Biscoe'] }, bill_length_mm: { data: Float64Array.of(50.6, 46.1) } },
  { level: 'row', outputs: ['label', 'probabilities'] },
);
const { label, probabilities } = rows.outputs;
if (label.datatype === 'BYTES') console.log(label.data.map((bytes) => new TextDecoder().decode(bytes)).join(' '));
console.log(rows.model.version, probabilities.datatype, probabilities.shape);

// Tensors of the model's own session, as they are.
const pixels = new Float32Array(28 * 28);
const { outputs } = await predictor.infer('digits', { image: { data: pixels, shape: [1, 1, 28, 28] } });
console.log(outputs['logits']?.datatype, outputs['logits']?.shape);

const { inputs } = await predictor.modelMetadata('digits');
console.log(inputs);
