import { spawn } from 'node:child_process';

const TIMEOUT_MS = 600_000;

/** Runs a command to its end; resolves to what it printed. Rejects with the command and its output where it fails. */
export async function run(program, args, options = {}) {
  const { code, output } = await outcomeOf(program, args, options);
  if (code === 0) return output.stdout.trim();
  throw new Error(`${program} ${args.join(' ')}\nended with ${code}:\n${output.stdout}${output.stderr}`.slice(-4000));
}

/** As `run`, for commands that may fail: resolves to the exit code, or signal, and what was printed. */
export async function outcomeOf(program, args, { timeoutMs = TIMEOUT_MS, input, ...options } = {}) {
  const child = spawn(program, args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], ...options });
  child.stdin?.end(input);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  clearTimeout(timer);
  return { code, output };
}

/** Calls `look` until it gives something other than undefined; rejects after `timeoutMs`, naming what was awaited. */
export async function until(what, look, timeoutMs = 60_000) {
  const endMs = performance.now() + timeoutMs;
  while (performance.now() < endMs) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${timeoutMs / 1000} s.`);
}
