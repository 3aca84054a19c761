import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The machine's own Chromium, headless; CHROMIUM names another. */
export function openBrowser() {
  const executablePath = [process.env.CHROMIUM, ...CANDIDATES].find((path) => path && existsSync(path));
  if (executablePath === undefined)
    throw new Error(`No Chromium: install one as ${CANDIDATES[0]}, or say in CHROMIUM where it is.`);
  // Its sandbox needs rights that a container rarely has; only our own pages are opened.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page that keeps what went wrong in it: errors, the console's errors, requests that left the origin. */
export async function watchedPage(browser, origin, options = {}) {
  const page = await browser.newPage(options);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob):/.test(url)) problems.push(`left for ${url}`);
  });
  return { page, problems };
}
