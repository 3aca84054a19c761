// examples/replicas.ts
import { createGrpcPredictor } from '@web-single/sdk/grpc';

const predictor = createGrpcPredictor({
  addresses: ['127.0.0.1:8081'], // more of them, or one name: 'dns:///predictor-headless:8081'
  timeoutMs: 5_000,
});

const { outputs } = await predictor.infer(
  'penguins',
  { island: { data: ['Dream'] }, bill_length_mm: { data: Float64Array.of(50.6) } },
  { level: 'row', outputs: ['probabilities'] },
);
console.log(outputs.probabilities.shape, await predictor.modelReady('digits'));

predictor.close();
