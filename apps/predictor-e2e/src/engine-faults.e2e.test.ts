import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Reply } from './testing/call.ts';
import { enginePids, startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

/** An image model decodes files, so its engine is always a process. */
const digit = new Uint8Array(readFileSync(join(workspaceRoot, 'models/digits/golden', '1.png')));

describe('engine processes', () => {
  let server: PredictorProcess;
  beforeAll(
    async () =>
      void (server = await startPredictor([join(workspaceRoot, 'models/digits')], { REQUEST_TIMEOUT_MS: '5000' })),
  );
  afterAll(async () => server[Symbol.asyncDispose]());

  const predictDigit = (headers: Record<string, string> = {}): Promise<Reply> =>
    call(`${server.url}/v1/models/digits/predict`, {
      method: 'POST',
      body: digit,
      headers: { 'content-type': 'image/png', ...headers },
    });

  /** Asks until the engine is back; the test's own time limit ends it. */
  async function untilServed(): Promise<Reply> {
    for (;;) {
      const reply = await predictDigit();
      if (reply.status === 200) return reply;
      expect([503, 504]).toContain(reply.status);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  it('a killed engine answers 503 at once, comes back, and the front never stops', async () => {
    expect((await predictDigit()).status).toBe(200);
    const [pid = 0] = await enginePids(server.child);
    process.kill(pid, 'SIGSTOP');
    const waiting = [predictDigit(), predictDigit()];
    expect((await call(`${server.url}/livez`)).status).toBe(200);
    process.kill(pid, 'SIGKILL');

    const answers = await Promise.all(waiting);
    expect(answers.every(({ status }) => status === 503 || status === 200)).toBe(true);
    expect(answers.some(({ status }) => status === 503)).toBe(true);
    const refused = answers.find(({ status }) => status === 503);
    expect(refused?.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await untilServed()).status).toBe(200);
    expect(await enginePids(server.child)).not.toContain(pid);
  });

  it('a hung engine answers 504 at the deadline, and is replaced', async () => {
    await untilServed();
    for (const pid of await enginePids(server.child)) process.kill(pid, 'SIGSTOP');
    const startedAtMs = performance.now();
    const reply = await predictDigit({ 'x-request-timeout-ms': '1500' });

    expect(reply.json.code).toBe('DEADLINE_EXCEEDED');
    expect(reply.status).toBe(504);
    expect(performance.now() - startedAtMs).toBeLessThan(4000);
    expect((await untilServed()).status).toBe(200);
    const metrics = await call(`${server.url}/metrics`);
    expect(metrics.text).toMatch(/web_single_engine_restarts_total\{model="digits"[^}]*\} [1-9]/);
  });
});
