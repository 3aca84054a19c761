/** `nx run sdk:generate`: writes libs/sdk/src/generated from the demo packages. Runs the sources: --conditions=@web-single/source. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSdkSource } from '@web-single/contract';
import { PackageError } from '@web-single/model-package';
import { describePackages } from '../../apps/predictor/src/cli/describe-packages.ts';
import { printProblems } from '../../apps/predictor/src/cli/print-problems.ts';
import { root } from './setup.mjs';

try {
  const files = createSdkSource(await describePackages(join(root, 'models')));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'libs/sdk/src/generated', name), text);
  console.log(`Wrote ${Object.keys(files).join(', ')}`);
} catch (error) {
  if (!(error instanceof PackageError)) throw error;
  printProblems('The packages in models/ cannot be described, nothing was written:', error);
  process.exitCode = 1;
}
