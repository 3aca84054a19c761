import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { call, predict } from './testing/call.ts';
import { enginePids, runPredictor, startPredictor, workspaceRoot } from './testing/predictor-process.ts';

const PENGUIN = { island: 'Biscoe', bill_length_mm: 50, bill_depth_mm: 15, flipper_length_mm: 220, body_mass_g: 5500 };

describe('shutdown', () => {
  it('SIGTERM: not ready at once, admitted requests are answered, exit 0', async () => {
    await using server = await startPredictor(undefined, { DRAIN_DELAY_MS: '3000' });
    const inFlight = Array.from({ length: 50 }, () => predict(server.url, 'penguins', [PENGUIN]));
    server.child.kill('SIGTERM');
    const statuses = await Promise.all(inFlight.map(async (reply) => (await reply).status));

    expect(new Set(statuses)).toEqual(new Set([200]));
    const ready = await call(`${server.url}/readyz`);
    expect([ready.status, ready.json.status]).toEqual([503, 'draining']);
    const predicted = await predict(server.url, 'penguins', [PENGUIN]);
    expect([ready, predicted].map(({ headers }) => headers.get('connection'))).toEqual(['close', 'close']);
    expect(predicted.status).toBe(200);
    expect(await server.exited).toBe(0);
  });

  it('Ctrl-C, which reaches its engines too: admitted requests are answered, exit 0', async () => {
    const digits = join(workspaceRoot, 'models/digits');
    await using server = await startPredictor([digits], { DRAIN_DELAY_MS: '1000' });
    const body = new Uint8Array(readFileSync(join(digits, 'golden/1.png')));
    const request = { method: 'POST', body, headers: { 'content-type': 'image/png' } };
    const inFlight = Array.from({ length: 50 }, () => call(`${server.url}/v1/models/digits/predict`, request));
    for (const pid of await enginePids(server.child)) process.kill(pid, 'SIGINT');
    server.child.kill('SIGINT');

    expect(new Set((await Promise.all(inFlight)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(await server.exited).toBe(0);
  });

  it.each([
    ['has gone', 0, (stdout: Readable) => void stdout.destroy()],
    // More lines than the buffers between the two processes hold.
    ['stands still', 4000, (stdout: Readable) => void stdout.pause()],
  ])('ends with 0 when who reads its log %s', async (_what, requests, stop) => {
    await using server = await startPredictor();
    stop(server.child.stdout as Readable);
    const headers = { 'x-request-id': 'x'.repeat(60) };
    for (let sent = 0; sent < requests; sent += 100)
      await Promise.all(Array.from({ length: 100 }, () => call(`${server.url}/livez`, { headers })));

    server.child.kill('SIGTERM');
    // Without it a server that never ends would outlive its test.
    setTimeout(() => server.child.kill('SIGKILL'), 20_000).unref();

    expect(await server.exited).toBe(0);
  });

  it('leaves one JSON log line per request, without its inputs', async () => {
    await using server = await startPredictor();
    const reply = await predict(server.url, 'penguins', [PENGUIN]);
    server.child.kill('SIGTERM');
    await server.exited;

    const lines = server
      .output()
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [line] = lines.filter(({ requestId }) => requestId === reply.headers.get('x-request-id'));
    expect(line).toMatchObject({
      status: 200,
      model: 'penguins',
      version: '1.0.0',
      rows: 1,
      route: '/v1/models/:model/predict',
    });
    expect(server.output().stdout).not.toContain('Biscoe');
  });
});

describe('start', () => {
  it('a bad setting ends with 2 and all problems', async () => {
    const { code, stderr } = await runPredictor(['serve', 'nowhere', '--port', '99999']);
    expect(code).toBe(2);
    expect(stderr).toContain('PORT');
  });

  it.each([
    ['serve', 'The models cannot be served:\n  - no-such-model.onnx: There is no such file or folder.'],
    ['inspect', '"no-such-model.onnx" cannot be served:\n  - There is no such file or folder.'],
  ])('%s of a path that is not there ends with 3 and says so, naming it once', async (command, text) => {
    const { code, stderr } = await runPredictor([command, 'no-such-model.onnx']);
    expect(code).toBe(3);
    expect(stderr).toContain(text);
    expect(stderr.split('no-such-model.onnx')).toHaveLength(2);
  });

  it.each([
    [['srve'], "unknown command 'srve'"],
    [['serve', '--prt', '1'], "unknown option '--prt'"],
    [['inspect'], "missing required argument 'path'"],
    [['sdk'], "required option '--from"],
    [['srve'], '(Did you mean serve?)'],
    [['predict', '--filed', 'a=1'], '(Did you mean --field?)'],
  ])('the command line %j ends with 2 and the usage', async (args, text) => {
    const { code, stderr } = await runPredictor(args);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr).toContain('Usage: predictor');
  });

  it('without arguments it says what it is and the commands one starts with, and ends with 0', async () => {
    const { code, stdout } = await runPredictor([]);
    expect(code).toBe(0);
    for (const command of ['inspect', 'doctor', 'predict', 'serve', 'sdk'])
      expect(stdout).toContain(`  predictor ${command} `);
  });

  it('its help lists the exit codes', async () => {
    const { stdout } = await runPredictor(['help']);
    expect(stdout).toMatch(/Exit codes\n {4}0 {2}all is well\n[^]+ {4}5 {2}predict: some rows have no answer/);
  });

  it.each([[['--help']], [['serve', '--help']]])('%j tells where the settings are, and ends with 0', async (args) => {
    const { code, stdout } = await runPredictor(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Settings are environment variables[^]+README\.md/);
  });
});
