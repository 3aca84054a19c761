import { dirname, join } from 'node:path';
import { pythonWith } from '../python-environment.mjs';
import { outside, runAgainstServer } from './run-check.mjs';

/** Neither a model's own rules nor what it cannot see in a picture are in a schema: valid by it is not always accepted. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
];

/** schemathesis over /openapi.json, the same requests each time. */
export function checkApiDescription() {
  const schemathesis = join(dirname(pythonWith('schemathesis')), 'schemathesis');
  return runAgainstServer({ MODELS: 'models', DEFAULT_MODEL: 'penguins' }, schemathesis, ({ http }) => [
    ...['--config-file', join(outside, 'schemathesis.toml')],
    ...['run', `http://${http}/openapi.json`],
    ...['--checks', CHECKS.join(',')],
    ...['--phases', 'examples,coverage,fuzzing'],
    ...['--max-examples', '10', '--seed', '1', '--continue-on-failure', '--no-color'],
    ...['--suppress-health-check', 'all'],
  ]);
}
