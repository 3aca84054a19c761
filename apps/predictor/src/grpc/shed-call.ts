import { constants, type ServerHttp2Stream } from 'node:http2';
import { GRPCInferenceService } from '@web-single/contract';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import type { CallRecord } from './call-record.ts';
import { statusOf } from './call-status.ts';
import { routeOf } from './service-definition.ts';

const INFER = routeOf(GRPCInferenceService.method.modelInfer);

/**
 * Ends a prediction that would be shed whatever its message says, before the library has heard of the call: no byte of the
 * message is waited for, what comes of it is dropped. True where it did.
 */
export function shedCall(stream: ServerHttp2Stream, record: CallRecord, calls: Pick<InferenceCalls, 'shed'>): boolean {
  // One that is malformed or has passed already is answered by the library.
  const hasTime = record.deadlineMs > performance.now();
  const shed = hasTime && record.route === INFER ? calls.shed({}, record.deadlineMs) : undefined;
  if (shed === undefined) return false;
  record.model = shed.model;
  record.version = shed.version;
  const { code, details, metadata } = statusOf(shed.error, record.requestId);
  const head = { ':status': 200, 'content-type': 'application/grpc+proto' };
  const status = { 'grpc-status': code, 'grpc-message': encodeURI(details ?? '') };
  stream.respond({ ...head, ...status, ...metadata?.toHttp2Headers() }, { endStream: true });
  // Its sender need not go on. What is on the way already must not wait for a reader.
  stream.resume();
  stream.close(constants.NGHTTP2_NO_ERROR);
  return true;
}
