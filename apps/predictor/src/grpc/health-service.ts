import { create, type MessageShape } from '@bufbuild/protobuf';
import type { ServerWritableStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  ContractError,
  GRPCInferenceService,
  Health,
  HealthCheckResponse_ServingStatus as ServingStatus,
} from '@web-single/contract';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import { contextOf, failureOf, unary, type Answering } from './answering.ts';
import { isForeseen } from './call-status.ts';
import type { OpenStreams } from './open-streams.ts';
import { readSmallRequest } from './service-definition.ts';

/** Open `Watch` calls of all clients together. */
export const MAX_WATCHERS = 1000;

type Response = MessageShape<typeof Health.method.watch.output>;
type WatchCall = ServerWritableStream<Uint8Array, Response>;

export interface HealthServiceParts extends Answering {
  readonly calls: Pick<InferenceCalls, 'isReady' | 'isModelReady'>;
  readonly streams: OpenStreams;
}

/** `grpc.health.v1.Health`: the server as "" and by its inference service, and every model by its name. */
export class HealthService {
  readonly #parts: HealthServiceParts;
  /** What each watcher asks about, and what it was told last. */
  readonly #watchers = new Map<WatchCall, { service: string; told: ServingStatus | null }>();
  #draining = false;

  constructor(parts: HealthServiceParts) {
    this.#parts = parts;
  }

  implementation(): UntypedServiceImplementation {
    return {
      check: unary(this.#parts, Health.method.check, ({ service }) => ({ status: this.#check(service) })),
      watch: (call: WatchCall) => this.#watch(call),
    };
  }

  /** Tells every watcher whose state has changed. */
  refresh(): void {
    for (const call of this.#watchers.keys()) this.#tell(call);
  }

  /** From now on nothing is served; watchers learn it at once. */
  drain(): void {
    this.#draining = true;
    this.refresh();
  }

  #check(service: string): ServingStatus {
    const state = this.#stateOf(service);
    if (state !== ServingStatus.SERVICE_UNKNOWN) return state;
    throw new ContractError('MODEL_NOT_FOUND', 'There is no such service or model.');
  }

  #watch(call: WatchCall): void {
    const { record } = contextOf(this.#parts, call);
    try {
      const { service } = readSmallRequest(Health.method.watch.input, call.request);
      if (this.#watchers.size >= MAX_WATCHERS) throw new ContractError('OVERLOADED', 'Too many watchers are open.');
      this.#watchers.set(call, { service, told: null });
    } catch (error) {
      call.emit('error', failureOf(this.#parts, error, record.requestId));
      return;
    }
    this.#parts.streams.add(call, record.requestId);
    call.on('cancelled', () => this.#watchers.delete(call));
    call.on('drain', () => this.#tell(call));
    this.#tell(call);
  }

  /** A watcher that does not read is told nothing more until it does, and then the state of that time. */
  #tell(call: WatchCall): void {
    const watcher = this.#watchers.get(call);
    if (watcher === undefined || call.writableNeedDrain) return;
    const state = this.#stateOf(watcher.service);
    if (state === watcher.told) return;
    watcher.told = state;
    call.write(create(Health.method.watch.output, { status: state }));
  }

  #stateOf(service: string): ServingStatus {
    try {
      const isReady = isServer(service) ? this.#parts.calls.isReady() : this.#parts.calls.isModelReady(service);
      return isReady && !this.#draining ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    } catch (error) {
      const isUnknown = isForeseen(error) && error.code === 'MODEL_NOT_FOUND';
      return isUnknown ? ServingStatus.SERVICE_UNKNOWN : ServingStatus.NOT_SERVING;
    }
  }
}

function isServer(service: string): boolean {
  return service === '' || service === GRPCInferenceService.typeName;
}
