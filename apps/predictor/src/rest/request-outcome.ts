import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PredictionTiming } from '@web-single/serving';
import type { Disconnection } from './disconnection.ts';

/** What became of one request: filled in on the way, read by the log line and the metrics when the reply is done. */
export interface RequestOutcome {
  /** When its head had arrived, monotonic ms. */
  readonly startedAtMs: number;
  /** When its caller stops waiting, monotonic ms; of predictions only. */
  deadlineMs?: number;
  /** `OK` or a code of the catalogue. */
  code: string;
  /** Bytes of its body that count as held; given back when its reply is done. */
  heldBytes: number;
  /** Its reply is done, or its connection gone: what an inflater still gives of its body is no longer held. */
  isOver: boolean;
  /**
   * Set once nobody but the answer has to do with the body's bytes any more: the engine has answered, so that it has read all of them. Never
   * where a request fails or is given up: what was handed on for it may still be on its way.
   */
  isBodyDone?: boolean;
  /** Gives the body's memory to the next one. */
  releaseBody?: () => void;
  /** Set where the reply was written past the framework: the connection broke while the request was being read. */
  brokenStatus?: number;
  /** Who wants to know when the client goes before its answer is written. */
  disconnection?: Disconnection;
  model?: string;
  version?: string;
  rows?: number;
  /** Short hash of the overrides that had a part in the answer. */
  overrides?: string | undefined;
  timing?: PredictionTiming;
}

/** What the log and the metrics ask of a request that has its answer, whichever way it came. */
export interface AnsweredRequest {
  readonly id: string;
  readonly method: string;
  /** `url`: the template of the matched route. */
  readonly routeOptions: { readonly url?: string | undefined };
  readonly outcome: RequestOutcome;
}

const held = Symbol('outcome');

declare module 'fastify' {
  interface FastifyRequest {
    readonly outcome: RequestOutcome;
    [held]: RequestOutcome | null;
  }
}

/** Gives every request an outcome; it begins when first asked for, so that no path of the framework meets a request without one. */
export function decorateWithOutcome(fastify: FastifyInstance): void {
  fastify.decorateRequest(held, null);
  fastify.decorateRequest('outcome', {
    getter(this: FastifyRequest) {
      this[held] ??= { startedAtMs: performance.now(), code: 'OK', heldBytes: 0, isOver: false };
      return this[held];
    },
  });
}
