// examples/split.ts
import { readFile } from 'node:fs/promises';
import { openPackage } from '@web-single/model-package';
import { createPipeline, RowRejection } from '@web-single/preprocessing';
import { stack, unstack, type Tensor } from '@web-single/tensor';
import { createPredictor } from '@web-single/sdk';

const baseUrl = process.env['PREDICTOR_URL'] ?? 'http://127.0.0.1:3000';
const predictor = createPredictor({ baseUrl });
const { before, after } = await openPackage('models/digits');

// Here, next to the caller or in a service of its own: from a picture to the session's tensor.
const picture = await readFile('models/digits/golden/1.png');
const [row] = await createPipeline(before).run([{ image: picture }]);
if (row === undefined || row instanceof RowRejection) throw new Error('The picture cannot be read.');

// There: tensors in, tensors out, by the Open Inference Protocol, whoever serves it.
const { data, shape } = stack([row['image'] as Tensor]);
const { outputs } = await predictor.infer('digits', { image: { data: data as Float32Array, shape } });
const { logits } = outputs;
if (logits?.datatype !== 'FP32') throw new Error('The model answers no logits.');

// Here again: from the session's tensor to the answer.
const [scores] = unstack({ dtype: 'float32', shape: logits.shape, data: logits.data });
const [answer] = await createPipeline(after).run([{ logits: scores! }]);
console.log(answer);
