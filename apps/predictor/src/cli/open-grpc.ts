import { servingChannels } from '@web-single/serving';
import type { Logger } from 'pino';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { Settings } from '../config/settings.ts';
import { startGrpcServer, type RunningGrpcServer } from '../grpc/start-grpc-server.ts';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { RefusalLines } from '../telemetry/refusal-lines.ts';

export interface GrpcParts {
  readonly calls: InferenceCalls;
  readonly settings: Settings;
  readonly metrics: Pick<Metrics, 'countGrpcCall'>;
  readonly log: Logger;
  readonly held: HeldBytes;
  readonly refusals: RefusalLines;
}

/** Opens the gRPC port; null where it is switched off. */
export async function openGrpc(parts: GrpcParts): Promise<RunningGrpcServer | null> {
  if (parts.settings.GRPC_PORT === 'off') return null;
  return startGrpcServer({ ...parts, readiness: { subscribe: subscribeToModels } });
}

function subscribeToModels(listener: () => void): () => void {
  const onModel = (): void => listener();
  servingChannels.model.subscribe(onModel);
  return () => servingChannels.model.unsubscribe(onModel);
}
