/** `nx run sdk:generate`: writes libs/sdk/src/generated from the demo packages. Runs the sources: --conditions=@web-single/source. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSdkSource } from '@web-single/contract';
import { describePackages } from '../../apps/predictor/src/cli/describe-packages.ts';
import { root } from './setup.mjs';

const files = createSdkSource(await describePackages(join(root, 'models')));
for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'libs/sdk/src/generated', name), text);
console.log(`Wrote ${Object.keys(files).join(', ')}`);
