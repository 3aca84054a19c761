import type { FileHandle } from 'node:fs/promises';
import type { ByteBudget } from './byte-budget.ts';
import { isFull } from './cache-error.ts';
import { hashFile } from './hash-file.ts';
import type { SourceReply } from './model-source.ts';
import type { DownloadedFile, PartialFile, PartialState } from './partial-file.ts';
import { SourceError } from './source-error.ts';

interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

export interface DownloadRequest {
  /** As messages name it. */
  readonly shown: string;
  readonly partial: PartialFile;
  readonly get: (headers: Readonly<Record<string, string>>) => Promise<SourceReply>;
  readonly budget: ByteBudget;
  readonly signal: AbortSignal;
  readonly sha256?: string | undefined;
  /** Of the file as the source lists it. */
  readonly etag?: string | undefined;
  /** Of a copy that is at hand: the source may answer that it has not changed. */
  readonly known?: Validators | undefined;
}

/**
 * Brings a file into `partial`, on from where an earlier attempt ended if what lies there is still the start of it, and
 * checks its digest. On failure the partial file stays for the next attempt, unless it cannot be right.
 */
export async function downloadFile(request: DownloadRequest): Promise<DownloadedFile | 'unchanged'> {
  const { partial, budget } = request;
  try {
    const begun = await begunSoFar(request);
    const isStillIt = begun?.complete !== undefined && isWanted(request, begun.complete);
    const came = isStillIt ? 'complete' : await receive(request, begun);
    if (came === 'unchanged') return came;
    if (came !== 'complete' || begun?.complete === undefined) return await finish(request, came as SourceReply);
    budget.take(begun.sizeBytes);
    return begun.complete;
  } catch (error) {
    // Room for others; an attempt that starts again needs all of it anyway.
    if (isFull(error)) await partial.discard();
    throw error;
  }
}

/** What an earlier attempt left. A file that came whole is hashed again: it may have lain here for long, beside others. */
async function begunSoFar({ partial, signal }: DownloadRequest): Promise<PartialState | undefined> {
  const begun = await partial.state();
  if (begun?.complete === undefined) return begun;
  const { sha256 } = await hashFile(partial.path, signal);
  if (sha256 === begun.complete.sha256) return begun;
  await partial.discard();
  return undefined;
}

/** True where a digest or the source's listing says that a file that has come whole is the one. */
function isWanted({ sha256, etag }: DownloadRequest, complete: DownloadedFile): boolean {
  return sha256 === undefined ? etag !== undefined && etag === complete.etag : sha256 === complete.sha256;
}

type Received = SourceReply | 'unchanged' | 'complete';

async function receive(request: DownloadRequest, begun: PartialState | undefined): Promise<Received> {
  const { get, sha256, known } = request;
  const complete = begun?.complete;
  const canGoOn = complete === undefined && begun !== undefined && (begun.etag !== undefined || sha256 !== undefined);
  const start = canGoOn ? begun : undefined;
  const reply = await get(start === undefined ? condition(complete ?? known) : rangeFrom(start));
  try {
    if (reply.status === 304 && start === undefined && (complete ?? known) !== undefined)
      return complete === undefined ? 'unchanged' : 'complete';
    return await take(request, reply, start);
  } finally {
    reply.discard();
  }
}

async function take(request: DownloadRequest, reply: SourceReply, start: PartialState | undefined): Promise<Received> {
  const { partial, shown } = request;
  if (reply.status === 200) {
    await using handle = await partial.begin(strong(reply.etag));
    await write(request, reply, { handle, offsetBytes: 0, totalBytes: reply.lengthBytes });
    return reply;
  }
  if (reply.status === 416 && start !== undefined) {
    await partial.discard();
    return receive(request, undefined);
  }
  const isNext = reply.status === 206 && start !== undefined && reply.range?.startBytes === start.sizeBytes;
  if (!isNext || (start.etag !== undefined && reply.etag !== undefined && reply.etag !== start.etag)) {
    await partial.discard();
    throw new SourceError('corrupt', `${shown}: answered ${reply.status} with other bytes than were asked for.`);
  }
  request.budget.take(start.sizeBytes);
  await using handle = await partial.resume();
  await write(request, reply, { handle, offsetBytes: start.sizeBytes, totalBytes: reply.range?.totalBytes });
  return reply;
}

interface Target {
  readonly handle: FileHandle;
  readonly offsetBytes: number;
  /** Of the whole file, where the source says it. */
  readonly totalBytes: number | undefined;
}

async function write({ budget, shown }: DownloadRequest, reply: SourceReply, target: Target): Promise<void> {
  const { handle, offsetBytes, totalBytes } = target;
  budget.check(reply.lengthBytes ?? 0);
  let position = offsetBytes;
  for await (const chunk of reply.body) {
    budget.take(chunk.byteLength);
    for (let written = 0; written < chunk.byteLength;) {
      const { bytesWritten } = await handle.write(chunk, written, chunk.byteLength - written, position);
      written += bytesWritten;
      position += bytesWritten;
    }
  }
  if (totalBytes !== undefined && position !== totalBytes)
    throw new SourceError('interrupted', `${shown}: ${position} bytes came, ${totalBytes} were announced.`);
  await handle.sync();
}

async function finish(request: DownloadRequest, { etag, lastModified }: SourceReply): Promise<DownloadedFile> {
  const { partial, shown, sha256, signal } = request;
  const got = await hashFile(partial.path, signal);
  if (sha256 !== undefined && got.sha256 !== sha256) {
    await partial.discard();
    throw new SourceError('corrupt', `${shown}: sha256 expected ${sha256}, got ${got.sha256}. What came was deleted.`);
  }
  if (request.etag !== undefined && etag !== undefined && etag !== request.etag)
    throw new SourceError('interrupted', `${shown}: it changed while it was fetched.`);
  const file = { ...got, etag, lastModified };
  await partial.complete(file);
  return file;
}

function rangeFrom({ sizeBytes, etag }: PartialState): Record<string, string> {
  return { range: `bytes=${sizeBytes}-`, ...(etag === undefined ? {} : { 'if-range': etag }) };
}

function condition(known: Validators | undefined): Record<string, string> {
  if (known?.etag !== undefined) return { 'if-none-match': known.etag };
  return known?.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified };
}

/** Bytes under a weak validator may differ. */
function strong(etag: string | undefined): string | undefined {
  return etag?.startsWith('"') === true ? etag : undefined;
}
