import { pino } from 'pino';
import { HeldBytes } from '../../bodies/held-bytes.ts';
import { readSettings } from '../../config/settings.ts';
import { RefusalLines } from '../../telemetry/refusal-lines.ts';
import { startGrpcServer, type LoadGrpcServer, type RunningGrpcServer } from '../start-grpc-server.ts';
import { FakeInferenceCalls } from './fake-inference-calls.ts';
import { TestClient } from './test-client.ts';

export interface TestServer extends AsyncDisposable {
  readonly client: TestClient;
  readonly calls: FakeInferenceCalls;
  readonly running: RunningGrpcServer;
  /** Log lines so far, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Counted calls so far: "route status". */
  readonly counted: string[];
  /** Resolves when this many calls have ended. */
  ended(count: number): Promise<void>;
  /** What the serving lib says when a model's state changes. */
  modelChanged(): void;
}

/** The real server on a free port of the loopback, over a fake of the port, with a client. */
export async function startTestServer(
  environment: Readonly<Record<string, string>> = {},
  load?: LoadGrpcServer,
): Promise<TestServer> {
  const calls = new FakeInferenceCalls();
  const lines: Record<string, unknown>[] = [];
  const counted: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const listeners = new Set<() => void>();
  const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const countGrpcCall = (method: string, status: string): void => {
    counted.push(`${method} ${status}`);
    // The log line of the call is written in the same turn, right after it is counted.
    for (const { count, resolve } of waiting) if (counted.length >= count) setImmediate(resolve);
  };
  const log = pino({ base: null, timestamp: false }, { write });
  const running = await startGrpcServer(
    {
      calls,
      refusals: new RefusalLines({ schedule: () => () => undefined }, log),
      settings: readSettings({ GRPC_PORT: '0', ...environment }),
      readiness: { subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)) },
      log,
      metrics: { countGrpcCall },
      held: new HeldBytes(Number(environment['BODIES_LIMIT_BYTES'] ?? Infinity)),
    },
    load,
  );
  const client = new TestClient(running.address);
  return {
    client,
    calls,
    running,
    lines,
    counted,
    ended: (count) =>
      new Promise((resolve) => {
        if (counted.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    modelChanged: () => listeners.forEach((listener) => listener()),
    [Symbol.asyncDispose]: async () => {
      client[Symbol.dispose]();
      await running.close();
    },
  };
}
