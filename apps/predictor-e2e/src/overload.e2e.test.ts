import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict } from './testing/call.ts';
import { exchange } from './testing/exchange.ts';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';

const digit = readFileSync(join(workspaceRoot, 'models/digits/golden/1.png')).toString('base64');
const rows = Array.from({ length: 200 }, () => ({ image: { base64: digit } }));

describe('a busy model', () => {
  let server: PredictorProcess;
  beforeAll(async () => {
    server = await startPredictor([join(workspaceRoot, 'models/digits')], { MAX_WAIT_MS: '1' });
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  async function untilInFlight(): Promise<void> {
    for (;;) {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      if (/^web_single_rows_in_flight\{.*\} [1-9]/m.test(metrics)) return;
    }
  }

  it.each([
    ['/v1/models/digits/predict', 'application/json'],
    ['/predict', 'image/png'],
    ['/v2/models/digits/infer', 'application/json'],
  ])(
    'refuses POST %s before a byte of the body has come, stays ready, and answers what it admitted',
    async (path, type) => {
      const admitted = predict(server.url, 'digits', rows);
      await untilInFlight();
      const head = [`POST ${path} HTTP/1.1`, 'Host: server', `Content-Type: ${type}`, 'Content-Length: 100000', '', ''];
      const refused = await exchange(server.url, [head.join('\r\n')]);
      const ready = await fetch(`${server.url}/readyz`);

      expect(refused.status).toBe(503);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(refused.body).toContain('busy');
      expect(ready.status).toBe(200);
      expect((await admitted).status).toBe(200);
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toMatch(/web_single_requests_total\{model="digits",version="[^"]+",code="OVERLOADED"\} [1-9]/);
    },
  );
});
