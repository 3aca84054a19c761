import { spawnSync } from 'node:child_process';

const compatibility = 'tools/upgrade/write-compatibility.mjs';

/** Scripts of the workspace that write what is committed as generated, and depends on the steps or on the models. */
export const generatedFrom = {
  models: ['tools/workspace/generate-sdk.mjs', compatibility],
  steps: ['libs/model-package/src/write-schema.ts', compatibility],
} as const;

/** Runs scripts of the workspace on the sources of our libs; their output goes to the terminal. Throws where one fails. */
export function renewGenerated(root: string, scripts: readonly string[]): void {
  for (const script of scripts) {
    const args = ['--conditions=@web-single/source', script];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`"node ${args.join(' ')}" failed; its message is above.`);
  }
}
