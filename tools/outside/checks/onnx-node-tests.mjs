import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { pythonWith } from '../python-environment.mjs';
import { outside, run, runAgainstServer } from './run-check.mjs';

const models = join(root, 'tmp/outside/onnx-node-models');

/** The ONNX standard's node tests: a twentieth by seed, or all of them and the report. */
export async function checkOnnxNodeTests({ all }) {
  const python = pythonWith('onnx');
  const command = [join(outside, 'onnx_node_tests.py'), '--repository', models];
  if (!(await run(python, command))) return false;
  const choice = all ? ['--report', join(root, 'docs/onnx-node-tests.md')] : ['--share', '0.05', '--seed', '1'];
  return runAgainstServer({ MODELS: models, LOAD_AT_START: 'false' }, python, ({ http, grpc, admin, adminToken }) => [
    ...[...command, '--http', http, '--grpc', grpc, '--admin', admin, '--token', adminToken],
    ...choice,
  ]);
}
