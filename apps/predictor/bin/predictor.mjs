#!/usr/bin/env node
/** `npx predictor`: runs the bundled command line on Node 24, the workspace's own where the machine's is older. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const bundle = join(folder, '../dist/cli.js');
const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24;
process.env.ORT_DISABLE_TELEMETRY ??= '1';

if (!existsSync(bundle)) {
  console.error('The predictor is not built yet: run "npm run setup" once.');
  process.exitCode = 1;
} else if (isNewEnough) {
  await import(pathToFileURL(bundle).href);
} else {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const packaged = join(
    folder,
    `../../../node_modules/node-${platform}-${process.arch}/bin/node${process.platform === 'win32' ? '.exe' : ''}`,
  );
  if (!existsSync(packaged)) {
    console.error(`The predictor needs Node 24 or later; this is ${process.version}.`);
    process.exit(2);
  }
  const child = spawn(packaged, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
