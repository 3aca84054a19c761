import type { HttpAnswer } from './http-answer.ts';
import type { SourceReply } from './model-source.ts';
import { SourceError } from './source-error.ts';

const STATUSES: ReadonlySet<number> = new Set([200, 206, 304, 416] satisfies SourceReply['status'][]);

/** Makes a reply of an answer with one of the statuses that files are delivered with; undefined for every other one. */
export function sourceReply(answer: HttpAnswer): SourceReply | undefined {
  const { headers, status, host, body } = answer;
  if (!STATUSES.has(status)) return undefined;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    answer.discard();
    const message = `"${host}" answered in the encoding "${encoding.slice(0, 32)}" although it was asked for none.`;
    throw new SourceError('refused', message);
  }
  const length = /^\d{1,15}$/.exec(headers['content-length'] ?? '')?.[0];
  const range = rangeOf(headers['content-range']);
  return {
    status: status as SourceReply['status'],
    ...(headers.etag === undefined ? {} : { etag: headers.etag }),
    ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
    ...(length === undefined ? {} : { lengthBytes: Number(length) }),
    ...(range === undefined ? {} : { range }),
    body,
    discard: () => answer.discard(),
  };
}

function rangeOf(header: string | undefined): SourceReply['range'] {
  const found = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(header ?? '');
  if (found === null) return undefined;
  return { startBytes: Number(found[1]), ...(found[2] === '*' ? {} : { totalBytes: Number(found[2]) }) };
}
