import type { ChannelOptions } from '@grpc/grpc-js';
import type { GrpcPredictorOptions } from './grpc-options.ts';
import { registerWatchedRoundRobin, WATCHED_ROUND_ROBIN } from './health/watched-round-robin.ts';
import { invalidInput } from '../predictor-error.ts';

export const DEFAULT_MESSAGE_BYTES = 64 * 1024 * 1024;
const MOST_RETRIES = 4;
const KEEPALIVE_TIMEOUT_MS = 10_000;
const WINDOW_BYTES = 4 * 2 ** 20;

/** Options of grpc-js: balancing, retries, reconnection, limits. */
export function channelOptions(options: GrpcPredictorOptions): ChannelOptions {
  const { maxMessageBytes = DEFAULT_MESSAGE_BYTES, keepaliveMs = 30_000, retries = 2 } = options;
  return {
    'grpc.service_config': JSON.stringify(serviceConfig(options)),
    'grpc.service_config_disable_resolution': 1,
    // Connections of its own: closed with the predictor, and none is shared with a channel of other settings.
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_channelz': 0,
    'grpc.enable_retries': retries === 0 ? 0 : 1,
    // A larger message would not be repeated. It is the one that is sent, not a copy.
    'grpc.per_rpc_retry_buffer_size': Number.MAX_SAFE_INTEGER,
    'grpc.retry_buffer_size': Number.MAX_SAFE_INTEGER,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.max_receive_message_length': maxMessageBytes,
    // With the default of 64 KiB a large answer waits for a round trip of the network every 64 KiB.
    'grpc-node.flow_control_window': WINDOW_BYTES,
    'grpc.keepalive_time_ms': keepaliveMs,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    // A replica that was replaced is back within about a second.
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 2000,
    'grpc.dns_min_time_between_resolutions_ms': 1000,
  };
}

function serviceConfig({ retries = 2, waitForReady = false, healthCheck = true }: GrpcPredictorOptions): object {
  if (!Number.isInteger(retries) || retries < 0 || retries > MOST_RETRIES) {
    throw invalidInput(`The retries must be a whole number from 0 to ${MOST_RETRIES}, got ${retries}.`);
  }
  if (healthCheck) registerWatchedRoundRobin();
  const retryPolicy = {
    maxAttempts: retries + 1,
    initialBackoff: '0.05s',
    maxBackoff: '1s',
    backoffMultiplier: 2,
    retryableStatusCodes: ['UNAVAILABLE'],
  };
  return {
    loadBalancingConfig: [{ [healthCheck ? WATCHED_ROUND_ROBIN : 'round_robin']: {} }],
    methodConfig: [{ name: [{}], waitForReady, ...(retries > 0 && { retryPolicy }) }],
    // Every failure costs a token, ten successes earn one; below half there are no retries. The budget is as large as the
    // format allows: a replica that dies takes all its calls at once, and these must be repeated.
    retryThrottling: { maxTokens: 1000, tokenRatio: 0.1 },
  };
}
