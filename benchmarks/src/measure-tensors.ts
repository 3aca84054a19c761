import { GrpcContender } from './contenders/grpc-contender.ts';
import { HttpContender } from './contenders/http-contender.ts';
import { RawSessionContender } from './contenders/raw-session-contender.ts';
import { pinGenerator } from './cores.ts';
import { measureBlocks } from './measure-blocks.ts';
import type { Round } from './measure-blocks.ts';
import { predictorCommand, startPinnedServer } from './server-process.ts';
import { binaryExchange, cnnFile, jsonExchange } from './tensor-exchanges.ts';

export const tensorNames = {
  raw: 'raw session',
  rawAgain: 'raw session again',
  binary: 'OIP REST, binary',
  grpc: 'OIP gRPC, raw',
  json: 'OIP REST, JSON',
} as const;

export interface TensorRounds {
  readonly one: readonly Round[];
  readonly four: readonly Round[];
}

/** A picture of 600 kB of float32 a request to a network of some 10 ms, by each way of carrying it, beside the session alone. */
export async function measureTensors(): Promise<TensorRounds> {
  pinGenerator();
  const server = await startPinnedServer(predictorCommand(cnnFile));
  const grpcAddress = /gRPC\s+(\S+)/.exec(server.banner)?.[1] ?? '';
  const raw = await RawSessionContender.start(cnnFile, tensorNames.raw);
  const rawAgain = await RawSessionContender.start(cnnFile, tensorNames.rawAgain);
  const contenders = [
    raw,
    rawAgain,
    new HttpContender(tensorNames.binary, server, [binaryExchange()]),
    new GrpcContender(tensorNames.grpc, server, grpcAddress),
    new HttpContender(tensorNames.json, server, [jsonExchange()]),
  ];
  try {
    return {
      one: await measureBlocks(contenders, { rounds: 8, blockMs: 800, concurrency: 1 }),
      four: await measureBlocks(contenders, { rounds: 8, blockMs: 800, concurrency: 4 }),
    };
  } finally {
    for (const contender of contenders) await contender.close();
    await server.stop();
  }
}
