import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerProblem } from '../problem.filter.ts';
import { chooseCoding } from './content-coding.ts';
import { listPageFiles, readPageFile, type PageFile } from './page-file.ts';

/** Nothing from elsewhere, nothing inline; pictures that the page makes itself, and the camera where the reader allows it. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'permissions-policy': 'camera=(self)',
  'referrer-policy': 'no-referrer',
};
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, but asked about every time: a new build has other assets. */
const REVALIDATED = 'no-cache';

/**
 * The page at `/` and its assets, one route for each file that the build has listed: no other name leads to the disk. Without a
 * folder `/` leads to the API page. In a scope of their own, as the predictions.
 */
export async function registerPlaygroundRoutes(
  fastify: FastifyInstance,
  folder: string | undefined,
  answerProblem: AnswerProblem,
): Promise<void> {
  const files = folder === undefined ? [] : await listPageFiles(folder);
  await fastify.register(async (scope) => {
    scope.setErrorHandler(answerProblem);
    if (folder === undefined) scope.get('/', (_request, reply) => reply.redirect('/docs', 302));
    for (const file of files)
      scope.route({
        method: ['GET', 'HEAD'],
        url: file.path,
        handler: (request, reply) => answer(folder!, file, request, reply),
      });
  });
}

async function answer(folder: string, file: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const coding = chooseCoding(acceptedBy(request), file.sizesBytes);
  const tag = `"${file.digest}.${coding}"`;
  void reply.headers({
    ...HEADERS,
    etag: tag,
    vary: [reply.getHeader('vary'), 'Accept-Encoding'].filter(Boolean).join(', '),
    'cache-control': file.isHashed ? FOR_EVER : REVALIDATED,
  });
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
  void reply.type(file.type).header('content-length', file.sizesBytes[coding]);
  if (coding !== 'identity') void reply.header('content-encoding', coding);
  return request.method === 'HEAD' ? reply.send() : readPageFile(folder, file, coding);
}

function acceptedBy({ headers }: FastifyRequest): string | undefined {
  const accepted = headers['accept-encoding'];
  return Array.isArray(accepted) ? accepted.join(',') : accepted;
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2): a gateway may have weakened the tag that it passed on. */
function isKnown(header: string | undefined, tag: string): boolean {
  const tags = (header ?? '').split(',').map((entry) => entry.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}
