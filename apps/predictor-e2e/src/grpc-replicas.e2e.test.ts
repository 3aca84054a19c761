import { join } from 'node:path';
import { createGrpcPredictor } from '@web-single/sdk/grpc';
import { describe, expect, it } from 'vitest';
import { startPredictor, workspaceRoot } from './testing/predictor-process.ts';

const penguins = join(workspaceRoot, 'models/penguins');
const row = { island: { data: ['Dream'] }, bill_length_mm: { data: Float64Array.of(50.6) } };

const replica = () => startPredictor([penguins], { DRAIN_DELAY_MS: '300' });

describe('the gRPC client of three replicas', () => {
  it('answers every call while one is stopped and another is killed', { timeout: 60_000 }, async () => {
    await using first = await replica();
    await using second = await replica();
    await using third = await replica();
    const servers = [first, second, third];
    const addresses = servers.map(({ output }) => /gRPC\s+(\S+)/.exec(output().stderr)?.[1] ?? '');
    using predictor = createGrpcPredictor({ addresses });
    const failures: unknown[] = [];
    let begun = 0;
    const work = async (): Promise<void> => {
      while ((begun += 1) <= 1500) {
        if (begun === 400) first.child.kill('SIGTERM');
        if (begun === 900) second.child.kill('SIGKILL');
        await predictor.infer('penguins', row, { level: 'row' }).catch((error: unknown) => failures.push(error));
      }
    };

    await Promise.all(Array.from({ length: 16 }, work));

    expect(failures).toEqual([]);
    expect(await second.exited).toBe('SIGKILL');
  });
});
