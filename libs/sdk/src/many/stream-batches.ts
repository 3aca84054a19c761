import type { BatchCalls } from './batch-calls.ts';
import type { BatchReader } from './batch-reader.ts';
import type { RunScope } from './run-scope.ts';

interface StreamOptions {
  readonly concurrency: number;
  readonly scope: RunScope;
}

type Answers = readonly unknown[];

/** Begins the next batch, if there may be one; calls back when it has been read. */
type Next = (onRead: () => void) => Promise<Answers> | undefined;

/** The answers to all rows, in order. Leaving it early ends its calls and closes the source. */
export function streamBatches(
  reader: BatchReader,
  calls: BatchCalls,
  { concurrency, scope }: StreamOptions,
): AsyncIterableIterator<unknown> {
  let isLeft = false;
  async function* stream(): AsyncGenerator<unknown, undefined> {
    try {
      yield* inOrder(nextOf(reader, calls, scope), concurrency);
    } catch (error) {
      if (isLeft) return undefined;
      scope.end();
      // The first error is the one to tell.
      await reader.close().catch(() => {});
      throw error;
    } finally {
      scope.end();
      await reader.close();
    }
  }
  const answers = stream();
  return {
    next: () => answers.next(),
    return: async () => {
      isLeft = true;
      // At once: a generator would hear of it only behind the answer it waits for, and never before its start.
      scope.end();
      const result = await answers.return(undefined);
      await reader.close();
      return result;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function nextOf(reader: BatchReader, calls: BatchCalls, scope: RunScope): Next {
  return (onRead) => {
    if (reader.isEnded || calls.hasFailed) return undefined;
    return scope
      .run(() => reader.read())
      .then((batch) => {
        if (batch.rows.length === 0 || calls.hasFailed) return [];
        onRead();
        return scope.run((signal) => calls.predict(batch, signal));
      });
  };
}

/**
 * Keeps `concurrency` batches begun, that whose answers are being taken among them. A batch is begun when that before it has been
 * read: only then is it known that there is one.
 */
async function* inOrder(next: Next, concurrency: number): AsyncGenerator<unknown> {
  const begun = new Map<number, Promise<Answers>>();
  let isReading = false;
  let count = 0;
  const begin = (): void => {
    if (isReading || begun.size >= concurrency) return;
    const answers = next(() => {
      isReading = false;
      begin();
    });
    if (answers === undefined) return;
    isReading = true;
    // Told when its turn comes, if it does.
    answers.catch(() => {});
    begun.set((count += 1), answers);
  };
  begin();
  for (let turn = 1; begun.has(turn); turn += 1) {
    yield* await begun.get(turn)!;
    begun.delete(turn);
    begin();
  }
}
