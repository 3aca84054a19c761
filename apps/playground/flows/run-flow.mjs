import { AxeBuilder } from '@axe-core/playwright';

const STEP_MS = 10_000;

/** Runs one flow in a context of its own; prints what it did and returns whether it passed. */
export async function runFlow({ name, flow, browser, url }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  const faults = await watch(page, url);
  const startMs = performance.now();
  const axe = (state) => checkAxe(page, state);
  try {
    await flow({ page, context, url, axe });
    if (faults.length > 0) throw new Error(faults.join('\n'));
    process.stdout.write(`ok   ${name} (${Math.round(performance.now() - startMs)} ms)\n`);
    return true;
  } catch (error) {
    process.stdout.write(`FAIL ${name}: ${error.stack ?? error}\n`);
    return false;
  } finally {
    await context.close();
  }
}

/** What must never happen, whatever the flow: collected as it happens. */
async function watch(page, url) {
  const faults = [];
  const { origin } = new URL(url);
  page.on('request', (request) => {
    const target = request.url();
    if (/^https?:/.test(target) && new URL(target).origin !== origin)
      faults.push(`A request left the origin: ${target}`);
  });
  page.on('pageerror', (error) => faults.push(`The page threw: ${error.stack ?? error}`));
  page.on('console', (message) => {
    // A refused call is logged by the browser itself; everything else the page must not log.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  await page.exposeFunction('reportViolation', (text) => faults.push(`The policy was violated: ${text}`));
  await page.addInitScript(() => {
    globalThis.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      globalThis.reportViolation(`${effectiveDirective} ${blockedURI}`),
    );
  });
  return faults;
}

async function checkAxe(page, state) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  if (violations.length === 0) return;
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  );
  throw new Error(`axe, ${state}:\n${found.join('\n')}`);
}
