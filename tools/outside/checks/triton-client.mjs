import { join } from 'node:path';
import { pythonWith } from '../python-environment.mjs';
import { outside, runAgainstServer } from './run-check.mjs';

/** The Python client of Triton over HTTP and gRPC. */
export function checkTritonClient() {
  return runAgainstServer({ MODELS: 'models' }, pythonWith('triton'), ({ http, grpc }) => [
    join(outside, 'triton_client.py'),
    http,
    grpc,
  ]);
}
