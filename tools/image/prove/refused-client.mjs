/**
 * One prediction by each protocol of the SDK, not repeated, where nobody can answer. Prints the two errors as a line of JSON.
 * Usage: refused-client.mjs JSON-OPTIONS; run with --conditions=@web-single/source.
 */
import { createPredictor } from '@web-single/sdk';
import { createGrpcPredictor } from '@web-single/sdk/grpc';

const { http, grpc } = JSON.parse(process.argv[2]);
const options = { retries: 0, timeoutMs: 20_000 };
const byRest = createPredictor({ baseUrl: http, ...options });
const byGrpc = createGrpcPredictor({ addresses: [grpc], ...options });
const tensors = { island: { data: ['Dream'] }, bill_length_mm: { data: Float64Array.of(50.6) } };

console.log(
  JSON.stringify({
    REST: await errorOf(byRest.models.penguins.predict({ island: 'Dream', bill_length_mm: 50.6 })),
    gRPC: await errorOf(byGrpc.infer('penguins', tensors, { level: 'row' })),
  }),
);
process.exit(0);

async function errorOf(call) {
  const error = await call.then(
    () => ({}),
    (reason) => reason,
  );
  return { code: error.code, message: error.message, retryAfterMs: error.retryAfterMs };
}
