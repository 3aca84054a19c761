import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Client, credentials } from '@grpc/grpc-js';
import { GRPCInferenceService } from '@web-single/contract';
import { processTreeCpuMicros } from '../process-tree-cpu.ts';
import type { ServerProcess } from '../server-process.ts';
import { quantile } from '../statistics.ts';
import { cnnPixels, cnnShape } from '../tensor-exchanges.ts';
import type { BlockResult, Contender } from './contender.ts';

const { modelInfer } = GRPCInferenceService.method;
const path = `/${GRPCInferenceService.typeName}/ModelInfer`;

/** The server's gRPC port under a closed loop of one picture a call, raw contents both ways, on one connection. */
export class GrpcContender implements Contender {
  readonly name: string;
  readonly #server: ServerProcess;
  readonly #client: Client;
  readonly #request: Buffer;

  constructor(name: string, server: ServerProcess, address: string) {
    this.name = name;
    this.#server = server;
    this.#client = new Client(address, credentials.createInsecure());
    const message = create(modelInfer.input, {
      modelName: 'cnn',
      inputs: [{ name: 'image', datatype: 'FP32', shape: cnnShape.map(BigInt) }],
      rawInputContents: [new Uint8Array(cnnPixels().buffer)],
    });
    this.#request = Buffer.from(toBinary(modelInfer.input, message));
  }

  async run(durationMs: number, concurrency: number): Promise<BlockResult> {
    const micros: number[] = [];
    const cpuBefore = processTreeCpuMicros(this.#server.pid);
    const startMs = performance.now();
    await Promise.all(Array.from({ length: concurrency }, () => this.#loop(startMs + durationMs, micros)));
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
    this.#client.close();
  }

  async #loop(endMs: number, micros: number[]): Promise<void> {
    for (let sentMs = performance.now(); sentMs < endMs;) {
      await this.#call();
      const answeredMs = performance.now();
      micros.push((answeredMs - sentMs) * 1_000);
      sentMs = answeredMs;
    }
  }

  #call(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        (request: Buffer) => request,
        (bytes) => fromBinary(modelInfer.output, bytes),
        this.#request,
        (error, answer) => {
          if (error === null && answer?.rawOutputContents[0]?.length === 40) resolve();
          else reject(error ?? new Error(`${this.name}: expected ten float32 numbers.`));
        },
      );
    });
  }
}
