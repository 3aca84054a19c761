import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonOf } from '../../outside/python-environment.mjs';
import { root } from '../../workspace/setup.mjs';
import { resourceDefinitions } from './resource-definitions.mjs';

const folder = join(root, 'tools/deploy');

/** Problems of each document, in order. A request is `{ schema, document }`, with `version` for kubernetes, `service` and `operation` for aws. */
export function validate(requests) {
  return runPython(['validate.py'], { customResources: resourceDefinitions(), requests });
}

/** Kubernetes' strict definitions of the named structures and all they refer to. */
export function kubernetesDefinitions(version, names) {
  return runPython(['chart_definitions.py', version, ...names]);
}

function runPython([script, ...args], input) {
  const python = pythonOf(join(folder, 'requirements.txt'), join(root, 'tmp/deploy/python'));
  const result = spawnSync(python, ['-B', join(folder, script), ...args], {
    input: input === undefined ? '' : JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (result.status !== 0) throw new Error(`${script} failed:\n${result.stderr}`);
  return JSON.parse(result.stdout);
}
