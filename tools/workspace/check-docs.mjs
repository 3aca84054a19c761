/**
 * Runs what the documentation says. Usage: check-docs.mjs README.md docs/guides/*.md
 * - ```console: every `$ command`, in order, and what it prints (`…` stands for anything; a command that fails is a failure). One
 *   that serves stays in the background until the next one that does.
 * - ```ts and ```yaml whose first line is a comment with a path: the file must hold exactly that.
 * - <!-- settings -->: the table must equal the server's settings; UPDATE=1 writes it.
 * - links to files of this repository: they must exist.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { projectEnvironment, root } from './setup.mjs';
import { settingsTable } from '../../apps/predictor/src/config/settings.ts';

const SERVES = /^(npm start|npx predictor serve|npx nx serve)\b(?!.*echo)/;
const COMMAND_TIMEOUT_MS = 120_000;
const START_TIMEOUT_MS = 600_000;
const PORT = 3000;
let server = null;
let passed = 0;
const failures = [];

if (await isTaken(PORT)) {
  console.error(`Port ${PORT} is taken: the documentation is checked on it. Stop what listens there.`);
  process.exit(1);
}
process.on('exit', () => server !== null && server.exitCode === null && process.kill(-server.pid, 'SIGKILL'));
for (const file of process.argv.slice(2)) {
  const markdown = readFileSync(join(root, file), 'utf8');
  checkLinks(file, markdown);
  checkSettings(file, markdown);
  for (const block of blocksOf(markdown)) await checkBlock(file, block);
  await stopServer();
}
for (const failure of failures) console.error(failure);
console.log(`docs: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);

function blocksOf(markdown) {
  return [...markdown.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```/gm)].map(([, language, text]) => ({ language, text }));
}

async function checkBlock(file, { language, text }) {
  if (language === 'ts' || language === 'yaml') return checkSource(file, text);
  if (language !== 'console') return;
  for (const { command, expected } of stepsOf(text)) {
    const { output, ok } = SERVES.test(command) ? await startServer(command) : await run(command);
    report(`${file}: $ ${command}`, ok && matches(output, expected), `expected:\n${expected}\ngot:\n${output}`);
  }
}

function checkSource(file, text) {
  const [, path] = /^(?:\/\/|#) (\S+\.(?:tsx?|yaml))\n/.exec(text) ?? [];
  if (path === undefined) return;
  const isSame = existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8').trim() === text.trim();
  report(`${file}: ${path}`, isSame, `${path} differs from the text`);
}

function checkLinks(file, markdown) {
  const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link);
  const missing = links.filter((link) => !existsSync(join(root, dirname(file), link)));
  report(`${file}: ${links.length} links`, missing.length === 0, `no such file: ${missing.join(', ')}`);
}

function checkSettings(file, markdown) {
  const marked = /(<!-- settings -->\n)([\s\S]*?)(<!-- \/settings -->)/;
  if (!marked.test(markdown)) return;
  const rows = settingsTable().map(
    ({ name, defaultValue, description }) => `| \`${name}\` | ${defaultValue} | ${description} |`,
  );
  const updated = markdown.replace(
    marked,
    `$1${['| variable | default | |', '|---|---|---|', ...rows].join('\n')}\n$3`,
  );
  if (process.env.UPDATE === '1') writeFileSync(join(root, file), updated);
  report(
    `${file}: settings`,
    process.env.UPDATE === '1' || updated === markdown,
    'the table differs from the settings; UPDATE=1 writes it',
  );
}

function stepsOf(text) {
  const steps = [];
  for (const line of text.split('\n')) {
    const last = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), lines: [], open: line.endsWith('\\') });
    else if (last?.open) {
      last.command += `\n${line}`;
      last.open = line.endsWith('\\');
    } else last?.lines.push(line);
  }
  return steps.map(({ command, lines }) => ({ command, expected: lines.join('\n').trim() }));
}

function matches(output, expected) {
  if (expected === '') return true;
  const pattern = expected.split('…').map((part) =>
    part
      .trim()
      .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replace(/\s+/g, String.raw`\s+`),
  );
  return new RegExp(pattern.join(String.raw`[\s\S]*?`)).test(output);
}

function spawnShell(command) {
  return spawn('bash', ['-c', command], {
    cwd: root,
    // Where CI is set, some tools colour what goes into a pipe.
    env: { ...projectEnvironment(), NO_COLOR: '1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function run(command) {
  return new Promise((resolve) => {
    const child = spawnShell(command);
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), COMMAND_TIMEOUT_MS);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ output: code === 0 ? output : `${output}\nexit code ${code}`, ok: code === 0 });
    });
  });
}

/** Resolves with what was printed up to the line that says the server is ready; not ok where it ended before. */
async function startServer(command) {
  await stopServer();
  server = spawnShell(command);
  let output = '';
  return new Promise((resolve) => {
    const done = (ok) => setTimeout(() => resolve({ output, ok }), 200);
    const timer = setTimeout(() => done(false), START_TIMEOUT_MS);
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (!output.includes('is ready at')) return;
        clearTimeout(timer);
        done(true);
      });
    }
    server.on('exit', () => done(false));
  });
}

async function stopServer() {
  const stopping = server;
  server = null;
  if (stopping === null || stopping.exitCode !== null) return;
  const ended = new Promise((resolve) => stopping.on('exit', resolve));
  process.kill(-stopping.pid, 'SIGTERM');
  await ended;
}

function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== null));
    socket.on('error', () => resolve(false));
  });
}

function report(name, ok, why) {
  if (ok) passed += 1;
  else failures.push(`FAILED ${name}\n${why}`);
  console.log(`${ok ? 'ok' : 'FAILED'} ${name.split('\n', 1)[0]}`);
}
