/** Holds .github/workflows against actionlint, which knows their schema, expressions and shell scripts. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

const VERSION = '1.7.12';
const ACTIONLINT = `github.com/rhysd/actionlint/cmd/actionlint@v${VERSION}`;

const folder = join(root, `tmp/workspace/actionlint-${VERSION}`);
const actionlint = join(folder, 'actionlint');
if (!existsSync(actionlint)) {
  console.log(`Building ${ACTIONLINT} …`);
  const built = spawnSync('go', ['install', ACTIONLINT], {
    stdio: 'inherit',
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
  });
  if (built.status !== 0) process.exit(1);
}
const files = globSync('.github/workflows/*.yml', { cwd: root });
const unpinned = files.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/uses: (?!\.\/)(\S+)/g)]
    .filter(([, action]) => !/@[0-9a-f]{40}$/.test(action))
    .map(([, action]) => `${file}: ${action} is not pinned by a commit.`),
);
for (const problem of unpinned) console.error(problem);
const { status } = spawnSync(actionlint, ['-color', ...files], { cwd: root, stdio: 'inherit' });
if (status !== 0 || unpinned.length > 0 || files.length === 0) process.exit(1);
console.log(`${files.length} workflows: no problem`);
