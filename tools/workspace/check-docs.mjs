/**
 * Runs what the documentation says: every `$ command` of a ```console block, in order, comparing what it prints (`…` stands for
 * anything). A command that serves runs in the background until the next one. A ```ts block that names a file must equal it.
 * Usage: check-docs.mjs README.md docs/guides/*.md
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectEnvironment, root } from './setup.mjs';

const SERVES = /^(npm start|npx predictor serve|npx nx serve)\b/;
const TIMEOUT_MS = 120_000;
let server = null;
let passed = 0;
const failures = [];

for (const file of process.argv.slice(2)) {
  for (const block of blocksOf(readFileSync(join(root, file), 'utf8'))) await checkBlock(file, block);
  await stopServer();
}
for (const failure of failures) console.error(failure);
console.log(`docs: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);

function blocksOf(markdown) {
  return [...markdown.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```/gm)].map(([, language, text]) => ({ language, text }));
}

async function checkBlock(file, { language, text }) {
  if (language === 'ts') return checkSource(file, text);
  if (language !== 'console') return;
  for (const { command, expected } of stepsOf(text)) {
    const output = SERVES.test(command) ? await startServer(command) : await run(command);
    report(`${file}: $ ${command}`, matches(output, expected), `expected:\n${expected}\ngot:\n${output}`);
  }
}

function checkSource(file, text) {
  const [, path] = /^\/\/ (\S+\.tsx?)\n/.exec(text) ?? [];
  if (path !== undefined) report(`${file}: ${path}`, readFileSync(join(root, path), 'utf8').trim() === text.trim(), 'the file differs from the text');
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
  const pattern = expected.split('…').map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`));
  return new RegExp(pattern.join(String.raw`[\s\S]*?`)).test(output);
}

function spawnShell(command, detached) {
  return spawn('bash', ['-c', command], { cwd: root, env: projectEnvironment(), detached, stdio: ['ignore', 'pipe', 'pipe'] });
}

function run(command) {
  return new Promise((resolve) => {
    const child = spawnShell(command, true);
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TIMEOUT_MS);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? output : `${output}\nexit code ${code}`);
    });
  });
}

/** Resolves with what was printed up to the line that says the server is ready. */
async function startServer(command) {
  await stopServer();
  server = spawnShell(command, true);
  let output = '';
  return new Promise((resolve) => {
    const done = () => setTimeout(() => resolve(output), 200);
    const timer = setTimeout(done, TIMEOUT_MS);
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (output.includes('is ready at')) {
          clearTimeout(timer);
          done();
        }
      });
    }
    server.on('exit', done);
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

function report(name, ok, why) {
  if (ok) passed += 1;
  else failures.push(`FAILED ${name}\n${why}`);
  console.log(`${ok ? 'ok' : 'FAILED'} ${name.split('\n', 1)[0]}`);
}
