import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { decodeInferJson } from '@web-single/contract';
import { openPackage } from '@web-single/model-package';
import type { Engine, StartedEngine } from '@web-single/model-runtime';
import { createServing } from '@web-single/serving';
import { InferenceStatistics } from '../telemetry/inference-statistics.ts';
import { ServingInferenceCalls } from './serving-inference-calls.ts';

const digits = fileURLToPath(new URL('../../../../models/digits', import.meta.url));

const TIMEOUT_MS = 100_000;

/** Keeps the deadlines that it is asked with, and answers nothing. */
function deadlineEngine(): Engine & { readonly deadlinesMs: number[] } {
  const deadlinesMs: number[] = [];
  return {
    deadlinesMs,
    placement: 'process',
    maxRows: 4,
    instances: 1,
    predict: () => Promise.reject(new Error('not asked')),
    predictTensors: (calls, deadlineMs) => {
      deadlinesMs.push(deadlineMs);
      const failure = { code: 'INFERENCE_FAILED', message: 'asked' } as const;
      return Promise.resolve({
        outcomes: calls.map(() => ({ failure })),
        timing: { beforeMs: 0, runMs: 0, afterMs: 0 },
      });
    },
    status: () => ({ state: 'ready', restarts: 0, crashes: 0, hangs: 0 }),
    close: () => Promise.resolve(),
  };
}

async function setUp() {
  const engine = deadlineEngine();
  const calibration = { curve: [], maxRows: 4, placement: 'process', runTimeoutMs: 1000 } as const;
  const started: StartedEngine = { engine, calibration, goldenReport: { cases: 0, failures: [] }, warnings: [] };
  const serving = createServing({ packages: [await openPackage(digits)], startEngine: () => Promise.resolve(started) });
  await serving.load();
  const calls = new ServingInferenceCalls(serving, new InferenceStatistics(() => true), { maxRows: 10 });
  const tensor = { name: 'image', datatype: 'FP32', shape: [1, 1, 28, 28], data: Array.from({ length: 784 }, () => 0) };
  const request = decodeInferJson(
    { inputs: [tensor], parameters: { timeout: TIMEOUT_MS * 1000 } },
    new Uint8Array(),
    'digits',
  );
  const infer = (startedAtMs: number) =>
    calls.infer({
      model: 'digits',
      request,
      startedAtMs,
      deadlineMs: startedAtMs + 2 * TIMEOUT_MS,
      signal: new AbortController().signal,
    });
  return { engine, infer };
}

it("counts a request's own timeout from its start, not from when it was read", async () => {
  const { engine, infer } = await setUp();
  const startedAtMs = performance.now() - TIMEOUT_MS / 2;

  await expect(infer(startedAtMs)).rejects.toMatchObject({ code: 'INFERENCE_FAILED' });
  expect(engine.deadlinesMs).toEqual([startedAtMs + TIMEOUT_MS]);
});

it('refuses a request whose own timeout passed while it was read', async () => {
  const { engine, infer } = await setUp();

  await expect(infer(performance.now() - TIMEOUT_MS)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(engine.deadlinesMs).toEqual([]);
});
