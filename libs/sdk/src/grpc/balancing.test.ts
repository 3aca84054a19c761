import { describe, expect, it } from 'vitest';
import { createGrpcPredictor } from './create-grpc-predictor.ts';
import type { GrpcPredictor } from './create-grpc-predictor.ts';
import type { GrpcPredictorOptions } from './grpc-options.ts';
import { FakeReplica } from './testing/fake-replica.ts';
import type { FakeReplicaOptions } from './testing/fake-replica.ts';

const startThree = async (options: FakeReplicaOptions = {}): Promise<DisposableStack & { replicas: FakeReplica[] }> => {
  const stack = new DisposableStack();
  const replicas = await Promise.all([1, 2, 3].map(() => FakeReplica.start(options)));
  for (const replica of replicas) stack.use(replica);
  return Object.assign(stack, { replicas });
};

const clientOf = (replicas: readonly FakeReplica[], options: Partial<GrpcPredictorOptions> = {}): GrpcPredictor =>
  createGrpcPredictor({ addresses: replicas.map(({ address }) => address), ...options });

/** Calls `count` times, some at once; `between` is told how many have been answered. Gives what failed. */
const callMany = async (
  predictor: GrpcPredictor,
  count: number,
  between: (answered: number) => void = () => {},
): Promise<unknown[]> => {
  const failures: unknown[] = [];
  let begun = 0;
  let answered = 0;
  const work = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      await predictor.serverReady().catch((error: unknown) => failures.push(error));
      between((answered += 1));
    }
  };
  await Promise.all(Array.from({ length: 32 }, work));
  return failures;
};

/** Resolves once a call meets the condition; every call gives the balancer time to act. */
const callUntil = async (predictor: GrpcPredictor, condition: () => boolean): Promise<void> => {
  do await predictor.serverReady();
  while (!condition());
};

describe('calls to three replicas', () => {
  it('are spread evenly', async () => {
    using three = await startThree();
    using predictor = clientOf(three.replicas);
    await callUntil(predictor, () => three.replicas.every(({ calls }) => calls > 0));
    const before = three.replicas.map(({ calls }) => calls);

    expect(await callMany(predictor, 3000)).toEqual([]);

    for (const [index, { calls }] of three.replicas.entries()) {
      expect((calls - before[index]!) / 3000).toBeGreaterThan(0.28);
      expect((calls - before[index]!) / 3000).toBeLessThan(0.38);
    }
  });

  it('all succeed while one of them is killed', async () => {
    using three = await startThree({
      handlers: { ServerReady: (_call, reply) => setImmediate(reply, null, Buffer.of(8, 1)) },
    });
    using predictor = clientOf(three.replicas);
    await callUntil(predictor, () => three.replicas.every(({ calls }) => calls > 0));

    const failures = await callMany(predictor, 3000, (answered) => {
      if (answered === 1000) three.replicas[0]!.kill();
    });

    expect(failures).toEqual([]);
    expect(three.replicas[0]!.calls).toBeLessThan(1000);
  });

  it('go on to a replica that comes back where the killed one was', async () => {
    using three = await startThree();
    using predictor = clientOf(three.replicas);
    await callUntil(predictor, () => three.replicas.every(({ calls }) => calls > 0));
    three.replicas[0]!.kill();
    await callMany(predictor, 100);

    using again = await FakeReplica.start({ port: three.replicas[0]!.port });
    const beganMs = performance.now();
    await callUntil(predictor, () => again.calls > 0);

    expect(performance.now() - beganMs).toBeLessThan(5000);
  });

  it('never go to one that drains, and do again once it serves', async () => {
    using three = await startThree();
    using predictor = clientOf(three.replicas);
    const [first, ...others] = three.replicas as [FakeReplica, ...FakeReplica[]];
    await callUntil(predictor, () => three.replicas.every(({ calls }) => calls > 0));

    first.isServing = false;
    let seen = -1;
    await callUntil(predictor, () => seen === (seen = first.calls) && others.every(({ calls }) => calls > 9));
    const before = first.calls;
    expect(await callMany(predictor, 300)).toEqual([]);

    expect(first.calls).toBe(before);
    first.isServing = true;
    await callUntil(predictor, () => first.calls > before);
  });

  it('never go to one that did not serve from the start', async () => {
    using sick = await FakeReplica.start({ isServing: false });
    using well = await FakeReplica.start();
    using predictor = clientOf([sick, well]);

    expect(await callMany(predictor, 100)).toEqual([]);

    expect([sick.calls, well.calls]).toEqual([0, 100]);
  });
});
