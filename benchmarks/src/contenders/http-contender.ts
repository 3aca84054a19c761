import { HttpConnection } from '../http-connection.ts';
import { processTreeCpuMicros } from '../process-tree-cpu.ts';
import type { ServerProcess } from '../server-process.ts';
import { quantile } from '../statistics.ts';
import type { BlockResult, Contender } from './contender.ts';

/** One request and what its answer must contain. */
export interface Exchange {
  readonly request: Uint8Array;
  readonly expected: string;
}

/** A server under a closed loop: each connection sends its next request when the last one is answered. */
export class HttpContender implements Contender {
  readonly name: string;
  readonly #server: ServerProcess;
  readonly #exchanges: readonly Exchange[];
  readonly #connections: HttpConnection[] = [];
  #next = 0;

  constructor(name: string, server: ServerProcess, exchanges: readonly Exchange[]) {
    this.name = name;
    this.#server = server;
    this.#exchanges = exchanges;
  }

  async run(durationMs: number, concurrency: number): Promise<BlockResult> {
    while (this.#connections.length < concurrency) {
      this.#connections.push(await HttpConnection.open(this.#server.port));
    }
    const micros: number[] = [];
    const cpuBefore = processTreeCpuMicros(this.#server.pid);
    const startMs = performance.now();
    const endMs = startMs + durationMs;
    const loops = this.#connections.slice(0, concurrency).map((connection) => this.#loop(connection, endMs, micros));
    await Promise.all(loops);
    const seconds = (performance.now() - startMs) / 1_000;
    const cpu = processTreeCpuMicros(this.#server.pid) - cpuBefore;
    return {
      requests: micros.length,
      seconds,
      p50Micros: quantile(micros, 0.5),
      p99Micros: quantile(micros, 0.99),
      cpuMicros: cpu / micros.length,
    };
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.close();
  }

  async #loop(connection: HttpConnection, endMs: number, micros: number[]): Promise<void> {
    for (let sentMs = performance.now(); sentMs < endMs;) {
      const { request, expected } = this.#exchanges[this.#next++ % this.#exchanges.length]!;
      const answer = await connection.send(request);
      const answeredMs = performance.now();
      micros.push((answeredMs - sentMs) * 1_000);
      sentMs = answeredMs;
      if (answer.status === 200 && answer.body.includes(expected)) continue;
      throw new Error(
        `${this.name}: expected 200 with ${expected}, got ${answer.status}: ${answer.body.slice(0, 300)}`,
      );
    }
  }
}
