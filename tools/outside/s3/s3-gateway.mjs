import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { freePorts } from '../built-server.mjs';
import { accessKeyId, region, secretAccessKey } from './credentials.mjs';

const START_TIMEOUT_MS = 20_000;

/** Starts versitygw over a folder on a free loopback port; `stop` ends it by its pid. */
export async function startS3Gateway(versitygw, folder) {
  mkdirSync(folder, { recursive: true });
  const [port] = await freePorts(1);
  const options = [
    '--port',
    `127.0.0.1:${port}`,
    '--access',
    accessKeyId,
    '--secret',
    secretAccessKey,
    '--region',
    region,
  ];
  const child = spawn(versitygw, [...options, 'posix', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const startMs = performance.now();
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() - startMs > START_TIMEOUT_MS) {
      child.kill('SIGKILL');
      throw new Error(`versitygw does not listen:\n${output}`);
    }
  }
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => setTimeout(resolve, 50, false));
  });
}
