export interface InOrderOptions<Item> {
  readonly atOnce: number;
  /** While what runs holds as much, nothing is read. */
  readonly bytesAtOnce: number;
  readonly sizeBytesOf: (item: Item) => number;
  readonly signal: AbortSignal;
}

/**
 * Runs `run` over items as they come, `atOnce` at a time, and gives the results in the items' order as soon as they are there.
 * Reads no further than that many ahead. Once `signal` aborts nothing new is read: what runs is still given. Where reading fails
 * what was read before is given first.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  run: (item: Item) => Promise<Result>,
  { atOnce, bytesAtOnce, sizeBytesOf, signal }: InOrderOptions<Item>,
): AsyncGenerator<Result> {
  const source = new ReadAhead(items, signal);
  const running: Running<Result>[] = [];
  const startedWith = (item: Item): Running<Result> => started(run(item), sizeBytesOf(item));
  try {
    for (;;) {
      if (source.item !== undefined) running.push(startedWith(source.take()));
      else if (running[0]?.isSettled === true) yield await running.shift()!.result;
      else {
        if (running.length < atOnce && heldBytes(running) < bytesAtOnce) source.read();
        const waiting = [...(running[0] === undefined ? [] : [running[0].settled]), ...(source.reading ?? [])];
        if (waiting.length === 0) break;
        await Promise.race(waiting);
      }
    }
    if (source.error !== undefined) throw source.error;
  } finally {
    await source.close();
  }
}

interface Running<Result> {
  readonly result: Promise<Result>;
  readonly settled: Promise<void>;
  readonly sizeBytes: number;
  isSettled: boolean;
}

const heldBytes = (running: readonly { readonly sizeBytes: number }[]): number =>
  running.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

function started<Result>(result: Promise<Result>, sizeBytes: number): Running<Result> {
  const one = { result, sizeBytes, isSettled: false, settled: Promise.resolve() };
  const settle = (): void => void (one.isSettled = true);
  return Object.assign(one, { settled: result.then(settle, settle) });
}

/** Reads one item before it is asked for. */
class ReadAhead<Item> {
  readonly #iterator: AsyncIterator<Item>;
  readonly #signal: AbortSignal;
  #reading: Promise<void> | undefined;
  #item: { readonly value: Item } | undefined;
  #hasEnded = false;
  error: unknown;

  constructor(items: AsyncIterable<Item>, signal: AbortSignal) {
    this.#iterator = items[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  get item(): { readonly value: Item } | undefined {
    return this.#item;
  }

  get reading(): readonly [Promise<void>] | undefined {
    return this.#reading === undefined ? undefined : [this.#reading];
  }

  take(): Item {
    const { value } = this.#item!;
    this.#item = undefined;
    return value;
  }

  read(): void {
    if (this.#signal.aborted) this.#hasEnded = true;
    if (this.#hasEnded || this.#reading !== undefined || this.#item !== undefined) return;
    this.#reading = this.#readNext();
  }

  async #readNext(): Promise<void> {
    try {
      const { done, value } = await this.#iterator.next();
      if (done === true) this.#hasEnded = true;
      else this.#item = { value };
    } catch (error) {
      this.#hasEnded = true;
      this.error = error;
    } finally {
      this.#reading = undefined;
    }
  }

  /** Not while it waits for an item: that would wait, too. */
  async close(): Promise<void> {
    if (this.#reading === undefined) await this.#iterator.return?.();
  }
}
