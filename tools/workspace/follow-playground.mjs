import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root } from './setup.mjs';

const SETTLE_MS = 60;
/** What the page is made of. */
const SOURCES = ['apps/playground/src', 'apps/playground/index.html', 'libs/sdk/src'];

/** Builds the page into `folder`, then again on every change of it; `onBuilt` is told of the later builds. False where the first fails. */
export async function followPlayground(folder, onBuilt) {
  if (!(await build(folder))) return false;
  let isBuilding = false;
  let isStale = false;
  const rebuild = async () => {
    isStale = true;
    if (isBuilding) return;
    isBuilding = true;
    while (isStale) {
      // Editors write a file in several steps.
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      isStale = false;
      if (await build(folder)) onBuilt();
    }
    isBuilding = false;
  };
  for (const path of SOURCES) watch(join(root, path), { recursive: true }, () => void rebuild());
  return true;
}

/** In a process of its own: Vite sets NODE_ENV, which the server would inherit. */
function build(folder) {
  const builder = spawn(projectNode(), [join(root, 'tools/workspace/build-playground.mjs'), folder], {
    stdio: 'inherit',
    env: projectEnvironment(),
  });
  return new Promise((resolve) => builder.once('exit', (code) => resolve(code === 0)));
}
