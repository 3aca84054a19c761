import type { Serving } from '@web-single/serving';
import type { FastifyInstance } from 'fastify';
import type { BodyMemory } from '../bodies/body-memory.ts';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { Settings } from '../config/settings.ts';
import type { InferenceCalls } from '../oip/inference-calls.ts';
import type { OnAnswered } from '../rest/begin-request.ts';
import type { BrokenRequests } from '../rest/broken-requests.ts';
import { readOrigins, VARY } from '../rest/cors.ts';
import { deadlineLimitsOf } from '../rest/deadline.ts';
import { BODY_TIMEOUT_MS, HEADERS_TIMEOUT_MS, KEEP_ALIVE_MS } from '../rest/fastify-edge.ts';
import { answerPrediction } from '../rest/predict-routes.ts';
import type { ProblemFilter } from '../rest/problem.filter.ts';
import type { RequestTurns } from '../rest/request-turns.ts';
import { shedEarly } from '../rest/shed-early.ts';
import { FastPath } from './fast-path.ts';

export interface AttachedParts {
  readonly settings: Settings;
  readonly serving: Serving;
  readonly calls: InferenceCalls;
  readonly held: HeldBytes;
  readonly memory: BodyMemory;
  readonly turns: RequestTurns;
  readonly broken: BrokenRequests;
  readonly filter: ProblemFilter;
  readonly onAnswered: OnAnswered;
}

/** Lets plain predictions past the framework; whatever else comes over a connection goes to it, as it came. */
export function attachFastPath(fastify: FastifyInstance, parts: AttachedParts): void {
  const { settings, serving, calls, held, memory, turns, broken, filter, onAnswered } = parts;
  const origins = readOrigins(settings.CORS_ORIGINS);
  const deadlines = deadlineLimitsOf(settings);
  const fastPath = new FastPath({
    shedEarly: (request) => shedEarly(request, serving, deadlines, turns.waitMs),
    predict: (request) => answerPrediction({ serving, settings, calls }, request),
    refusalOf: filter.refusalOf,
    onAnswered,
    isDraining: () => serving.isDraining,
    held,
    memory,
    turns,
    limits: {
      json: settings.JSON_LIMIT_BYTES,
      image: settings.IMAGE_LIMIT_BYTES,
      tensor: settings.TENSOR_LIMIT_BYTES,
    },
    hasOrigins: origins.length > 0,
    fixedLines: origins.length > 0 && !origins.includes('*') ? `vary: ${VARY}\r\n` : '',
    times: { silentMs: HEADERS_TIMEOUT_MS, bodyMs: BODY_TIMEOUT_MS, idleMs: KEEP_ALIVE_MS },
    onSilent: (socket) => broken.refuse(brokenBy('ERR_HTTP_REQUEST_TIMEOUT'), socket),
    onCutOff: (socket, { outcome }) => {
      broken.follow(socket, outcome);
      broken.refuse(brokenBy('HPE_INVALID_EOF_STATE'), socket);
    },
  });
  fastPath.attach(fastify.server);
  fastify.addHook('preClose', (done) => {
    fastPath.close();
    done();
  });
}

/** As Node's parser would tell it. */
function brokenBy(code: string): Error & { code: string } {
  return Object.assign(new Error(code), { code });
}
