/** `nx run contract:generate`: writes docs/errors.md from the error catalogue. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeErrorsPage } from '@web-single/contract';
import { root } from './setup.mjs';

writeFileSync(join(root, 'docs/errors.md'), writeErrorsPage());
