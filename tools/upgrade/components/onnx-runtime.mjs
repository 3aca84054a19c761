import { readFileSync } from 'node:fs';
import { run } from '../../image/prove/commands.mjs';
import { projectEnvironment } from '../../workspace/setup.mjs';
import { edit } from '../edit.mjs';

/** The published version next to the pinned one. Needs npm's registry. */
const OTHER_VERSION = '1.29.0';
const PINNED_BY = ['apps/predictor', 'libs/model-runtime', 'benchmarks'];

export const onnxRuntime = {
  name: 'onnx-runtime',
  layers: ['node_modules', 'app'],
  async upgrade({ clone }) {
    const { dependencies } = JSON.parse(readFileSync(`${clone}/apps/predictor/package.json`, 'utf8'));
    const pinned = `"onnxruntime-node": "${dependencies['onnxruntime-node']}"`;
    for (const folder of PINNED_BY)
      edit(`${clone}/${folder}/package.json`, pinned, `"onnxruntime-node": "${OTHER_VERSION}"`);
    // Not `install`, which leaves a copy in each project: the image takes it from the root's folder.
    await run('npm', ['dedupe', '--package-lock-only', '--ignore-scripts', '--prefer-offline', '--no-audit'], {
      cwd: clone,
      env: projectEnvironment(),
    });
    return {};
  },
  async shortfall({ read }) {
    const { runtime } = JSON.parse(await read('/v1/server'));
    return runtime['onnxruntime-node'] === OTHER_VERSION ? undefined : JSON.stringify(runtime);
  },
};
