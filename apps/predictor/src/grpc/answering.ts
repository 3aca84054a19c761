import {
  create,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
  type DescMessage,
} from '@bufbuild/protobuf';
import { Metadata, type handleUnaryCall, type StatusObject } from '@grpc/grpc-js';
import { ContractError } from '@web-single/contract';
import type { Logger } from 'pino';
import type { CallObserver } from './call-observer.ts';
import type { CallRecord } from './call-record.ts';
import { isForeseen, statusOf } from './call-status.ts';
import { readSmallRequest } from './service-definition.ts';

export interface CallContext {
  readonly record: CallRecord;
  /** Aborts when the call is cancelled, its deadline has passed, or its connection is gone. */
  readonly signal: AbortSignal;
}

/** What every handler shares: the record of a call, and the one way from an error to a status. */
export interface Answering {
  readonly observer: CallObserver;
  readonly log: Logger;
}

type Bytes = Uint8Array;

/** A handler for a method whose request is small: decode, answer, encode; errors become statuses. */
export function unary<I extends DescMessage, O extends DescMessage>(
  answering: Answering,
  method: DescMethodUnary<I, O>,
  answer: (request: MessageShape<I>, context: CallContext) => MessageInitShape<O>,
): handleUnaryCall<Bytes, MessageShape<O>> {
  return unaryOfBytes(answering, async (bytes, context) =>
    create(method.output, answer(readSmallRequest(method.input, bytes), context)),
  );
}

/** As `unary`, for a method that decodes its request itself. */
export function unaryOfBytes<T>(
  answering: Answering,
  answer: (bytes: Bytes, context: CallContext) => Promise<T>,
): handleUnaryCall<Bytes, T> {
  return (call, callback) => {
    const context = contextOf(answering, call);
    const { requestId } = context.record;
    // Also what is thrown before the first await becomes a status.
    const answered = async (): Promise<T> => answer(call.request, context);
    answered().then(
      (message) => callback(null, message, trailersOf(requestId)),
      (error: unknown) => callback(failureOf(answering, error, requestId)),
    );
  };
}

/** A handler for a method that is declared and not offered. */
export function notOffered(answering: Answering, text: string): handleUnaryCall<Bytes, never> {
  return unaryOfBytes(answering, () => Promise.reject(new ContractError('NOT_IMPLEMENTED', text)));
}

interface AnyCall {
  readonly metadata: Metadata;
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
}

export function contextOf({ observer }: Answering, call: AnyCall): CallContext {
  const controller = new AbortController();
  if (call.cancelled) controller.abort();
  call.on('cancelled', () => controller.abort());
  return { record: observer.recordOf(call.metadata), signal: controller.signal };
}

/** The status for an error; the reason of an unforeseen one goes to the log. */
export function failureOf({ log }: Answering, error: unknown, requestId: string): StatusObject {
  if (!isForeseen(error)) log.error({ requestId, err: error }, 'unforeseen error');
  return statusOf(error, requestId);
}

function trailersOf(requestId: string): Metadata {
  const metadata = new Metadata();
  metadata.set('x-request-id', requestId);
  return metadata;
}
