import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

export const chartFolder = join(root, 'deploy/helm/web-single');
