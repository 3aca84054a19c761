import { describe, expect, it } from 'vitest';
import { call, predict } from './testing/call.ts';
import { runPredictor, startPredictor } from './testing/predictor-process.ts';

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
    expect(ready.headers.get('connection')).toBe('close');
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

  it('a path that is not there ends with 3 and says so', async () => {
    const { code, stderr } = await runPredictor(['serve', 'no-such-model.onnx']);
    expect(code).toBe(3);
    expect(stderr).toContain('no-such-model.onnx');
  });
});
