import type { FastifyReply, FastifyRequest } from 'fastify';

const EXPOSED_HEADERS = 'x-request-id, retry-after, server-timing, inference-header-content-length';
/** Of every answer, where its headers depend on who asks. */
export const VARY = 'Origin';
const PREFLIGHT_SECONDS = '600';

/** The origins of a setting: comma-separated, `*` for any. */
export function readOrigins(setting: string): readonly string[] {
  return setting
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
}

/** Says to browsers that the page of an allowed origin may read the answer; to others nothing. False where the origin is not allowed. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): boolean {
  const isOpen = origins.includes('*');
  if (!isOpen) void reply.header('vary', VARY);
  const { origin } = request.headers;
  if (origin === undefined || !(isOpen || origins.includes(origin))) return false;
  void reply.header('access-control-allow-origin', isOpen ? '*' : origin);
  void reply.header('access-control-expose-headers', EXPOSED_HEADERS);
  return true;
}

/** True for what a browser asks before a request that could change something. */
export function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Answers a preflight: these methods, and the headers that were asked for. */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]): void {
  const requested = request.headers['access-control-request-headers'];
  void reply.header('access-control-allow-methods', methods.join(', '));
  void reply.header('access-control-max-age', PREFLIGHT_SECONDS);
  if (requested !== undefined) void reply.header('access-control-allow-headers', requested);
  void reply.code(204).send();
}
