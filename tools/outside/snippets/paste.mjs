import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswer } from './read-answer.mjs';

/** The ways in which a snippet of each language is pasted; `others` where a model is called for the first time. */
const WAYS = {
  typescript: { ways: { 'beside a generated client': asModule } },
  curl: { ways: { 'in bash': inShell('bash'), 'in sh': inShell('sh') } },
  python: { ways: { 'as a program': asProgram }, others: { 'at its prompt': atPrompt } },
  grpcurl: { ways: { 'in bash': inShell('bash'), 'in sh': inShell('sh') } },
};

/** Runs a snippet; each way gives the prediction it printed, or what went wrong. */
export async function paste(snippet, { description, isFirst }, bench) {
  const { ways, others = {} } = WAYS[snippet.id];
  const pasted = [];
  for (const [how, command] of Object.entries({ ...ways, ...(isFirst && others) })) {
    const { code, stdout, stderr } = await run(command(snippet.code, bench), bench);
    try {
      if (code !== 0) throw new Error(`exit code ${code}`);
      pasted.push({ how, answer: readAnswer(snippet.id, stdout, description) });
    } catch (error) {
      pasted.push({ how, error: `${error.message}\n${stderr.slice(0, 2000)}\n${stdout.slice(0, 1000)}` });
    }
  }
  return pasted;
}

function asProgram(code) {
  return ['python', ['-c', code]];
}

function atPrompt(code) {
  return ['python', ['-i', '-q'], `${code}\n`];
}

function inShell(shell) {
  return (code) => [shell, ['-c', code]];
}

/** What `infer` gives is printed whole; the page's own line shows it as Node does. */
function asModule(code, bench) {
  const whole =
    'console.log(JSON.stringify(outputs, (_, value) => ArrayBuffer.isView(value) ? { list: Array.from(value, String) } : value));';
  writeFileSync(join(bench.folder, 'call.mjs'), code.replace('console.log(outputs);', whole));
  return ['node', ['call.mjs']];
}

function run([command, args, input], bench) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: bench.folder, env: bench.environment, stdio: 'pipe' });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
    child.stdin.on('error', () => {}).end(input ?? '');
  });
}
