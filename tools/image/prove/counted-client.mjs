/**
 * A number of predictions over one gRPC predictor of the SDK, some at once. Prints `half` once half of them are answered, and at
 * the end a line of JSON. Usage: counted-client.mjs JSON-OPTIONS; run with --conditions=@web-single/source.
 */
import { createGrpcPredictor } from '@web-single/sdk/grpc';

const { addresses, calls, concurrency = 16, options = {} } = JSON.parse(process.argv[2]);
const predictor = createGrpcPredictor({ addresses, timeoutMs: 20_000, ...options });
const tensors = { island: { data: ['Dream'] }, bill_length_mm: { data: Float64Array.of(50.6) } };
const failures = [];
let begun = 0;
let ended = 0;
let maxLatencyMs = 0;

// Every replica is connected and its health known before anything is counted.
await predictor.serverReady({ waitForReady: true });
await new Promise((resolve) => setTimeout(resolve, 1000));
await Promise.all(Array.from({ length: concurrency }, work));
console.log(JSON.stringify({ requests: ended, failed: failures.length, failures: failures.slice(0, 5), maxLatencyMs }));
process.exit(0);

async function work() {
  while (begun < calls) {
    begun += 1;
    const startMs = performance.now();
    await predictor.infer('penguins', tensors, { level: 'row' }).catch((error) => failures.push(error.message));
    maxLatencyMs = Math.max(maxLatencyMs, Math.round(performance.now() - startMs));
    if ((ended += 1) === Math.floor(calls / 2)) console.log('half');
  }
}
