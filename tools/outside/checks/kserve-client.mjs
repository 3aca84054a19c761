import { join } from 'node:path';
import { pythonWith } from '../python-environment.mjs';
import { outside, runAgainstServer } from './run-check.mjs';

/** The Python clients of KServe over REST and gRPC. */
export function checkKserveClient() {
  return runAgainstServer({ MODELS: 'models' }, pythonWith('kserve'), ({ http, grpc }) => [
    join(outside, 'kserve_client.py'),
    http,
    grpc,
  ]);
}
