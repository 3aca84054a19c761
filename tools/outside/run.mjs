/**
 * Proves the built server with clients and tests that are not ours. Usage: run.mjs [check …] [--all]; without names, all checks.
 * Each check starts a server on free ports and ends it by its pid. --all: every node test of the ONNX standard, not a twentieth.
 */
import { parseArgs } from 'node:util';
import { checkApiDescription } from './checks/api-description.mjs';
import { checkKserveClient } from './checks/kserve-client.mjs';
import { checkOnnxNodeTests } from './checks/onnx-node-tests.mjs';
import { checkReflection } from './checks/reflection.mjs';
import { checkS3Gateway } from './checks/s3-gateway.mjs';
import { checkSnippets } from './checks/snippets.mjs';
import { checkTritonClient } from './checks/triton-client.mjs';

const CHECKS = {
  'triton-client': checkTritonClient,
  'kserve-client': checkKserveClient,
  reflection: checkReflection,
  snippets: checkSnippets,
  's3-gateway': checkS3Gateway,
  'api-description': checkApiDescription,
  'onnx-node-tests': checkOnnxNodeTests,
};

const { positionals, values } = parseArgs({ allowPositionals: true, options: { all: { type: 'boolean' } } });
const names = positionals.length > 0 ? positionals : Object.keys(CHECKS);
const unknown = names.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}.`);
  process.exit(2);
}
const failed = [];
for (const name of names) {
  const startMs = performance.now();
  console.log(`--- ${name}`);
  const passed = await CHECKS[name]({ all: values.all === true }).catch((error) => {
    console.error(error.message);
    return false;
  });
  if (!passed) failed.push(name);
  console.log(`--- ${name}: ${passed ? 'passed' : 'FAILED'} in ${Math.round((performance.now() - startMs) / 1000)} s`);
}
console.log(`outside: ${names.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);
