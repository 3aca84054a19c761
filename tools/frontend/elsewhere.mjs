/**
 * A frontend elsewhere: in a folder outside the workspace the packed SDK and a client that `npx predictor sdk` generated from a
 * running server's URL are installed; an application of both is type-checked, run in Node, built with Vite and run in Chromium from
 * another origin than the server's, and rendered on a server. Every answer is held against what the server says to plain fetch.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { outcomeOf, run } from '../image/prove/commands.mjs';
import { countedChecks } from '../image/prove/counted-checks.mjs';
import { freePorts, startBuiltServer } from '../outside/built-server.mjs';
import { projectEnvironment, projectNode, root } from '../workspace/setup.mjs';
import { openBrowser, watchedPage } from './open-browser.mjs';

/** The application's own tools and libraries, as installed here: what is proven is our two packages. */
const LINKED = ['react', 'react-dom', '@types/react', '@types/react-dom', '@types/node', 'typescript', 'vite'];
const PICTURE = join(root, 'models/digits/golden/3.png');
/** Where the application is wrong on purpose. */
const WRONG = ['src/wrong.ts:4', 'src/wrong.ts:5', 'src/wrong.ts:6'];
const MODELS = ['models', 'libs/model-package/fixtures/frame-ordinal.onnx'];

const total = countedChecks();
const { check } = total;
const app = mkdtempSync(join(tmpdir(), 'web-single-elsewhere-'));
const env = { ...projectEnvironment(), CI: 'true' };
const open = [() => rmSync(app, { recursive: true, force: true })];
try {
  const [port] = await freePorts(1);
  const origin = `http://127.0.0.1:${port}`;
  const server = await startBuiltServer({
    MODELS: MODELS.map((path) => join(root, path)).join(),
    CORS_ORIGINS: origin,
  });
  open.push(() => server.stop());
  const url = `http://${server.http}`;
  const expected = await timed('what the server answers', () => expectedAnswers(url));
  await timed('SDK packed, client generated, both installed', () => install(url));
  await timed('types', checkTypes);
  await timed('Node', () => checkNode(url, expected));
  await timed('Vite and Chromium', () => checkBrowser({ url, origin, port, expected }));
  await timed('rendered on a server', () => checkServerSide(url, expected));
} catch (error) {
  total.giveUp(error);
} finally {
  for (const close of open.reverse()) await close();
}
process.exit(total.conclude('a frontend elsewhere'));

async function install(url) {
  cpSync(join(root, 'tools/frontend/elsewhere'), app, { recursive: true });
  await node([join(root, 'node_modules/typescript/bin/tsc'), '-b', 'libs/sdk/tsconfig.grpc.json'], root);
  await node(['tools/release/package.mjs', 'sdk'], root);
  const [{ filename }] = JSON.parse(
    await run('npm', ['pack', '--json', '--pack-destination', app, join(root, 'tmp/packages/sdk')], { env }),
  );
  await run('npx', ['predictor', 'sdk', '--from', url, '--out', join(app, 'client')], { cwd: root, env });
  const packages = [`./${filename}`, './client'];
  await run(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error', ...packages],
    { cwd: app, env },
  );
  const { dependencies } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
  check(
    'both are installed, with nothing else',
    Object.keys(dependencies).sort().join() === '@web-single/sdk,predictor-client',
  );
  for (const name of LINKED) {
    mkdirSync(dirname(join(app, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(app, 'node_modules', name));
  }
}

async function checkTypes() {
  const page = await typeCheck('tsconfig.page.json');
  check(
    'strict, for a bundler, declarations of dependencies checked too',
    page.code === 0,
    page.output.stdout.slice(0, 600),
  );
  const { code, output } = await typeCheck('tsconfig.node.json');
  const places = [...output.stdout.matchAll(/^(\S+)\((\d+),.*error TS/gm)].map(([, file, line]) => `${file}:${line}`);
  const isRight = code !== 0 && [...new Set(places)].join() === WRONG.join();
  check('strict, for Node; a value, a label and a union that no model has are refused', isRight, places.join(' '));
}

function typeCheck(project) {
  return outcomeOf(projectNode(), ['node_modules/typescript/bin/tsc', '-p', project], { cwd: app, env });
}

async function checkNode(url, expected) {
  const printed = await node(['src/in-node.ts', url, PICTURE], app);
  check('both clients in Node', printed === JSON.stringify(expected), printed);
}

async function checkBrowser({ url, origin, port, expected }) {
  const { build, preview } = await import('vite');
  mkdirSync(join(app, 'public'));
  cpSync(PICTURE, join(app, 'public/picture.png'));
  await build({ root: app, logLevel: 'warn' });
  const site = await preview({ root: app, logLevel: 'warn', preview: { port, strictPort: true, host: '127.0.0.1' } });
  const browser = await openBrowser();
  try {
    const { page, problems } = await watchedPage(browser, 'http://127.0.0.1:');
    await page.goto(`${origin}/?server=${encodeURIComponent(url)}`);
    const shown = page.locator('#answers:not(:empty)');
    const printed = await shown.innerText();
    check('both clients in Chromium, from another origin', printed === JSON.stringify(expected), printed);
    const others = problems.filter((problem) => !problem.includes('422'));
    check('the browser has nothing to complain of but the refused row', others.length === 0, others.join('; '));
  } finally {
    await browser.close();
    await site.close();
  }
}

async function checkServerSide(url, { species }) {
  const { build } = await import('vite');
  await build({ root: app, logLevel: 'warn', build: { ssr: 'src/on-server.tsx', outDir: 'dist-server' } });
  const html = await node(['dist-server/on-server.js', url], app);
  check(
    'a component that waits for a prediction',
    html.includes(`<strong>${species}</strong>`) && !html.includes('<em>'),
    html,
  );
}

/** Without our clients: bodies by hand. */
async function expectedAnswers(url) {
  const labelOf = async (model, type, body) => {
    const reply = await fetch(`${url}/v1/models/${model}/predict`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return (await reply.json()).predictions[0].label;
  };
  const rows = (row) => JSON.stringify({ rows: [row] });
  const species = await labelOf(
    'penguins',
    'application/json',
    rows({ island: 'Dream', bill_length_mm: 50.6, body_mass_g: 3800 }),
  );
  const bird = await labelOf(
    'frame-ordinal',
    'application/json',
    rows({ length: 0.5, width: -1, height: 2, mass: 0.1, region: 'north', count: 3 }),
  );
  const digit = await labelOf('digits', 'image/png', readFileSync(PICTURE));
  check(
    'the server answers',
    species === 'Chinstrap' && digit === 2 && ['crow', 'finch', 'owl'].includes(bird),
    `${species} ${digit} ${bird}`,
  );
  return {
    species,
    sameSpecies: species,
    digit,
    bird,
    rows: 2,
    hasRequestId: true,
    refused: 'INPUT_MISMATCH',
    aborted: 'ABORTED',
  };
}

function node(args, cwd) {
  return run(projectNode(), args, { cwd, env });
}

async function timed(what, work) {
  const startMs = performance.now();
  const result = await work();
  console.log(`--- ${what}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  return result;
}
