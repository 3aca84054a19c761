import { Client, credentials, status } from '@grpc/grpc-js';
import type { ClientOptions, ClientReadableStream, experimental } from '@grpc/grpc-js';

const WATCH = '/grpc.health.v1.Health/Watch';
const RETRY_MS = 1000;
/** A `HealthCheckRequest` for the server as a whole. */
const WHOLE_SERVER = Buffer.alloc(0);
/** A `HealthCheckResponse` of status SERVING. */
const SERVING = Buffer.of(8, 1);

const asItIs = (bytes: Buffer): Buffer => bytes;

/**
 * Watches the health of the server behind one connection. A server that cannot tell, having no health service or no room
 * for a watcher, counts as serving; one that has told so is believed until it tells otherwise. Ends with the returned function.
 */
export function watchHealth(
  connection: ReturnType<experimental.SubchannelInterface['getChannel']>,
  onHealth: (isServing: boolean) => void,
): () => void {
  const overConnection = { channelOverride: connection } as ClientOptions;
  const client = new Client('health', credentials.createInsecure(), overConnection);
  let call: ClientReadableStream<Buffer> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let hasTold = false;
  let hasEnded = false;
  const tell = (isServing: boolean): void => {
    hasTold = true;
    if (!hasEnded) onHealth(isServing);
  };
  const open = (): void => {
    call = client.makeServerStreamRequest(WATCH, asItIs, asItIs, WHOLE_SERVER);
    call.on('data', (bytes: Buffer) => tell(bytes.equals(SERVING)));
    // The status comes behind it, and without it where the server ends the stream.
    call.on('error', () => {});
    call.on('status', ({ code }) => {
      if (hasEnded) return;
      if (!hasTold) tell(true);
      if (code !== status.UNIMPLEMENTED) timer = setTimeout(open, RETRY_MS).unref();
    });
  };
  open();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    call?.cancel();
  };
}
