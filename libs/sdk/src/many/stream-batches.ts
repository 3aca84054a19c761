import type { BatchCalls } from './batch-calls.ts';
import type { BatchReader } from './batch-reader.ts';
import type { RunScope } from './run-scope.ts';

interface StreamOptions {
  readonly concurrency: number;
  readonly scope: RunScope;
}

/** The answers to all rows, in order. Leaving it early ends its calls and closes the source. */
export function streamBatches(
  reader: BatchReader,
  calls: BatchCalls,
  { concurrency, scope }: StreamOptions,
): AsyncIterableIterator<unknown> {
  let isLeft = false;
  const next = async (): Promise<readonly unknown[]> => {
    if (calls.hasFailed) return [];
    const batch = await scope.race(() => reader.read());
    return batch.rows.length === 0 ? [] : calls.predict(batch, scope.signal);
  };
  async function* stream(): AsyncGenerator<unknown, undefined> {
    try {
      yield* inOrder(next, concurrency);
    } catch (error) {
      if (!isLeft) throw error;
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

/** Keeps `concurrency` batches begun, that whose answers are being taken among them; an empty one is the end. */
async function* inOrder(next: () => Promise<readonly unknown[]>, concurrency: number): AsyncGenerator<unknown> {
  const begun: Promise<readonly unknown[]>[] = [];
  for (;;) {
    while (begun.length < concurrency) {
      const batch = next();
      // Told when its turn comes, if it does.
      batch.catch(() => {});
      begun.push(batch);
    }
    const answers = await begun[0]!;
    if (answers.length === 0) return;
    yield* answers;
    begun.shift();
  }
}
