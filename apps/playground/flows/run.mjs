/**
 * Drives the page in Chromium: `node apps/playground/flows/run.mjs [--url URL] [--only NAME,…] [--screenshots FOLDER]`.
 *
 * Without a URL it starts the built predictor with the models the flows need, and serves the built page before it where the
 * predictor does not do so itself. Every flow has a browser context of its own, and fails also where a request left the origin, the
 * policy was violated, or the page threw.
 */
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { runFlow } from './run-flow.mjs';
import { SHOWN_MODELS, startServer } from './start-server.mjs';
import { takeScreenshots } from './take-screenshots.mjs';

const FLOWS = [
  'controls',
  'pictures',
  'examples',
  'permalink',
  'table',
  'errors',
  'snippets',
  'keyboard',
  'appearance',
  'strangers',
];

const { values } = parseArgs({
  options: { url: { type: 'string' }, only: { type: 'string' }, screenshots: { type: 'string' } },
});
const only = values.only?.split(',');

const server = await startServer(values.url, values.screenshots === undefined ? undefined : SHOWN_MODELS);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
});
try {
  const failed = [];
  if (values.screenshots === undefined) {
    for (const name of FLOWS.filter((flow) => only?.includes(flow) ?? true)) {
      const { flow } = await import(`./${name}.flow.mjs`);
      if (!(await runFlow({ name, flow, browser, url: server.url }))) failed.push(name);
    }
    process.stdout.write(failed.length === 0 ? 'All flows passed.\n' : `Failed: ${failed.join(', ')}\n`);
  } else {
    await takeScreenshots({ browser, url: server.url, folder: values.screenshots });
  }
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await server.close();
}
