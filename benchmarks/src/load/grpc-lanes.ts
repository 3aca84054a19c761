import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { Client, credentials, status } from '@grpc/grpc-js';
import { GRPCInferenceService } from '@web-single/contract';
import { floatBytes, readScores } from '../dialects/web-single.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import { requireRight } from './answer-check.ts';
import { type Lane, WrongAnswerError } from './lane.ts';

const { modelInfer } = GRPCInferenceService.method;
const path = `/${GRPCInferenceService.typeName}/ModelInfer`;

/** Calls with raw contents both ways, all lanes on one connection, as gRPC clients do. */
export class GrpcLanes {
  readonly #client: Client;
  readonly #exchanges: readonly { readonly request: Buffer; readonly wanted: Case }[];
  #next = 0;

  constructor(port: number, cases: readonly Case[]) {
    this.#client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 50,
    });
    this.#exchanges = cases.map((wanted) => ({ request: encodeCall(wanted.tensor!), wanted }));
  }

  async open(count: number): Promise<Lane[]> {
    return Array.from({ length: count }, () => ({ send: () => this.#call(), close: () => undefined }));
  }

  close(): void {
    this.#client.close();
  }

  #call(): Promise<boolean> {
    const { request, wanted } = this.#exchanges[this.#next++ % this.#exchanges.length]!;
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        (bytes: Buffer) => bytes,
        (bytes) => fromBinary(modelInfer.output, bytes),
        request,
        (error, answer) => {
          if (error?.code === status.UNAVAILABLE || error?.code === status.RESOURCE_EXHAUSTED) return resolve(false);
          try {
            if (error) throw new WrongAnswerError(error.message);
            requireRight(wanted, [{ scores: readScores(answer!.rawOutputContents[0]!) }]);
            resolve(true);
          } catch (problem) {
            reject(problem);
          }
        },
      );
    });
  }
}

function encodeCall(tensor: Float32Array): Buffer {
  const message = create(modelInfer.input, {
    modelName: 'cnn',
    inputs: [{ name: 'image', datatype: 'FP32', shape: [1n, 3n, 224n, 224n] }],
    rawInputContents: [floatBytes(tensor)],
  });
  return Buffer.from(toBinary(modelInfer.input, message));
}
