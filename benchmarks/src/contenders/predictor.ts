import { webSingle } from '../dialects/web-single.ts';
import { GrpcLanes } from '../load/grpc-lanes.ts';
import { HttpLanes } from '../load/http-lanes.ts';
import { imageCommand, imageEnvironment } from '../server-process.ts';
import type { ServerCommand } from '../server-process.ts';
import { ours, oursAgain } from './contender-names.ts';
import type { Contender, ContenderKind, Subject } from './contender.ts';
import { startContender } from './start-contender.ts';

/** The built server as the image runs it, but for its request log. */
export const predictor: ContenderKind = {
  name: ours,
  title: 'this server, as built and as the image runs it, but with LOG_LEVEL=warn',
  supports: () => true,
  install: async () => 'of this commit',
  start: startPredictor,
};

/** The A/A control: what differs between it and the one above is noise. */
export const predictorAgain: ContenderKind = {
  ...predictor,
  name: oursAgain,
  title: 'the same a second time: the A/A control',
};

async function startPredictor({ workload, cases }: Subject, port: number): Promise<Contender> {
  const grpcPort = port + 1;
  const server: ServerCommand = {
    command: [...imageCommand, '--port', String(port), workload.packageFolder],
    environment: { ...imageEnvironment, GRPC_PORT: String(grpcPort), LOG_LEVEL: 'warn' },
  };
  if (workload.carriage === 'tensor-grpc') {
    const lanes = new GrpcLanes(grpcPort, cases);
    const contender = await startContender(server, (count) => lanes.open(count));
    return {
      ...contender,
      async stop() {
        lanes.close();
        await contender.stop();
      },
    };
  }
  const lanes = new HttpLanes(port, webSingle, workload, cases);
  return startContender(server, (count) => lanes.open(count));
}
