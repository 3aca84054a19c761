import { Health, HealthCheckResponse_ServingStatus as ServingStatus } from '@web-single/contract';
import { servingChannels, systemClock } from '@web-single/serving';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { HeldBytes } from '../bodies/held-bytes.ts';
import { readSettings } from '../config/settings.ts';
import { FakeInferenceCalls } from '../grpc/testing/fake-inference-calls.ts';
import { nextOf, TestClient } from '../grpc/testing/test-client.ts';
import { RefusalLines } from '../telemetry/refusal-lines.ts';
import { openGrpc } from './open-grpc.ts';

const log = pino({ level: 'silent' });

const partsFor = (port: string) => ({
  calls: new FakeInferenceCalls(),
  settings: readSettings({ GRPC_PORT: port }),
  metrics: { countGrpcCall: () => undefined },
  log,
  refusals: new RefusalLines(systemClock, log),
  held: new HeldBytes(Infinity),
});

describe('openGrpc', () => {
  it('opens nothing where the port is off', async () => {
    expect(await openGrpc(partsFor('off'))).toBeNull();
  });

  it('tells watchers what the serving lib says of its models', async () => {
    const parts = partsFor('0');
    parts.calls.ready = false;
    const running = await openGrpc(parts);
    using client = new TestClient(running?.address ?? '');
    const stream = client.serverStream(Health.method.watch, {});
    expect((await nextOf(stream)).status).toBe(ServingStatus.NOT_SERVING);

    servingChannels.model.publish({ model: 'echo', version: '1', state: 'ready' });
    parts.calls.ready = true;

    expect((await nextOf(stream)).status).toBe(ServingStatus.SERVING);
    stream.cancel();
    await running?.close();
    expect(servingChannels.model.hasSubscribers).toBe(false);
  });
});
