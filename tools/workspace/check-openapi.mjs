/** Serves the demo models on a free port, fetches /openapi.json, and runs a public linter over it. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root, runNode } from './setup.mjs';

const server = spawn(
  projectNode(),
  [join(root, 'apps/predictor/dist/cli.js'), 'serve', join(root, 'models'), '--port', '0'],
  {
    env: { ...projectEnvironment(), LOG_LEVEL: 'silent', GRPC_PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  },
);
const url = await new Promise((resolve, reject) => {
  let output = '';
  server.stderr.on('data', (chunk) => {
    output += chunk;
    const found = /is ready at (\S+)/.exec(output);
    if (found !== null) resolve(found[1]);
  });
  server.on('exit', () => reject(new Error(output)));
});
try {
  const response = await fetch(`${url}/openapi.json`);
  mkdirSync(join(root, 'tmp'), { recursive: true });
  writeFileSync(join(root, 'tmp/openapi.json'), await response.text());
} finally {
  server.kill('SIGTERM');
}
runNode(['node_modules/@redocly/cli/bin/cli.js', 'lint', 'tmp/openapi.json', '--max-problems=50'], {
  env: { ...projectEnvironment(), REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
});
