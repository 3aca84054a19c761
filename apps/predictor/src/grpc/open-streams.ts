import type { EventEmitter } from 'node:events';
import { ContractError } from '@web-single/contract';
import { statusOf } from './call-status.ts';

/** A call that may go on for hours. An `error` event ends it with that status. */
type StreamCall = Pick<EventEmitter, 'emit' | 'on'>;

interface OpenStream {
  readonly requestId: string;
  readonly finish: () => Promise<void>;
}

/** The streams that are open, so that a server that closes can end them: by themselves they never would. */
export class OpenStreams {
  readonly #streams = new Map<StreamCall, OpenStream>();

  /** `finish` resolves when the stream has said what it has begun to say. */
  add(call: StreamCall, requestId: string, finish: () => Promise<void> = () => Promise.resolve()): void {
    this.#streams.set(call, { requestId, finish });
    // `cancelled` also follows the status of a call that has ended.
    call.on('cancelled', () => this.#streams.delete(call));
  }

  /** Ends every stream with UNAVAILABLE: its caller goes to another replica. */
  async end(): Promise<void> {
    const error = new ContractError('DRAINING', 'This server is shutting down.');
    await Promise.all(
      [...this.#streams].map(async ([call, { requestId, finish }]) => {
        await finish();
        call.emit('error', statusOf(error, requestId));
      }),
    );
  }
}
