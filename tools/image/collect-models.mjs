/** Build step of the image: refuses models that cannot be opened, then copies them. Usage: collect-models.mjs FROM OUT */
import { spawnSync } from 'node:child_process';
import { copyTree } from './copy-tree.mjs';

const [from, out] = process.argv.slice(2);
const inspected = spawnSync(process.execPath, ['apps/predictor/dist/cli.js', 'inspect', from], { stdio: 'inherit' });
if (inspected.status !== 0) process.exit(inspected.status ?? 1);
copyTree(from, out, (path) => !path.split('/').some((part) => part.startsWith('.')));
