import { describe, expect, it } from 'vitest';
import { ConnectionError, InputMismatchError, InvalidInputError, ResponseError } from '../predictor-error.ts';
import { echo, fakeModel, settle } from '../testing/fake-model.ts';
import type { FakeCall } from '../testing/fake-model.ts';
import { predictMany } from './predict-many.ts';

const problem = { field: 'island', expected: 'an island', got: 'a rock' };

const mismatch = (row: number): InputMismatchError =>
  new InputMismatchError('INPUT_MISMATCH', `Field "island" of row ${row}: expected an island, got a rock.`, {
    status: 422,
    requestId: 'req-1',
    details: [{ row, ...problem }],
  });

const tooLarge = new ResponseError('PAYLOAD_TOO_LARGE', 'Too large.', { status: 413 });
const lost = new ConnectionError('CONNECTION_FAILED', 'Lost.');

const unless =
  (isBad: (rows: readonly number[]) => boolean, error: Error) =>
  (call: FakeCall): void =>
    isBad(call.rows) ? call.fail(error) : call.answer();

describe('predictMany where a batch fails', () => {
  it('throws its error with rows counted from the first of all', async () => {
    const model = fakeModel(unless((rows) => rows.includes(5), mismatch(1)));

    await expect(predictMany(model, [0, 1, 2, 3, 4, 5], { batchRows: 2 })).rejects.toMatchObject({
      name: 'InputMismatchError',
      code: 'INPUT_MISMATCH',
      status: 422,
      requestId: 'req-1',
      message: 'Field "island" of row 5: expected an island, got a rock.',
      details: [{ row: 5, ...problem }],
    });
  });

  it('gives the rows before it first, begins no more, and ends what runs behind it', async () => {
    const model = fakeModel(() => {});
    const iterator = predictMany(model, [0, 1, 2, 3, 4], { batchRows: 1, concurrency: 3 })[Symbol.asyncIterator]();
    const first = iterator.next();
    await settle();

    model.calls[1]!.fail(lost);
    await settle();
    model.calls[0]!.answer();
    expect(await first).toEqual({ done: false, value: { of: 0 } });
    const second = iterator.next();

    await expect(second).rejects.toBe(lost);
    expect(model.calls).toHaveLength(3);
    expect(model.calls[2]!.options.signal?.aborted).toBe(true);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('begins no more while batches before it are still answered', async () => {
    const model = fakeModel(() => {});
    const iterator = predictMany(model, [0, 1, 2, 3, 4], { batchRows: 1, concurrency: 3 })[Symbol.asyncIterator]();
    const first = iterator.next();
    await settle();

    model.calls[2]!.fail(lost);
    model.calls[0]!.answer();
    await first;
    const second = iterator.next();
    await settle();

    expect(model.calls).toHaveLength(3);
    model.calls[1]!.answer();
    expect(await second).toEqual({ done: false, value: { of: 1 } });
    await expect(iterator.next()).rejects.toBe(lost);
  });

  it('tells it as the outcome of each of its rows, by row', async () => {
    const model = fakeModel(unless((rows) => rows.includes(2), lost));

    const outcomes = await predictMany(model, [0, 1, 2, 3, 4], { batchRows: 2, onError: 'row' });

    expect(outcomes).toEqual([
      { ok: true, row: 0, prediction: { of: 0 } },
      { ok: true, row: 1, prediction: { of: 1 } },
      { ok: false, row: 2, error: lost },
      { ok: false, row: 3, error: lost },
      { ok: true, row: 4, prediction: { of: 4 } },
    ]);
  });

  it('lets a row fail alone, by row, and counts it', async () => {
    const told: unknown[] = [];
    const failed = new ResponseError('INFERENCE_FAILED', 'The output y of row 1 is NaN.');
    const model = fakeModel((call) => {
      const outcomes = echo(call) as object[];
      if (call.rows.includes(3)) outcomes.splice(1, 1, { ok: false, row: 1, error: failed });
      call.answer(outcomes);
    });

    const onProgress = ({ failedRows }: { failedRows: number }): number => told.push(failedRows);
    const outcomes = await predictMany(model, [0, 1, 2, 3], { batchRows: 2, onError: 'row', onProgress });

    const [, , , last] = outcomes;
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(last).toMatchObject({
      row: 3,
      error: { code: 'INFERENCE_FAILED', message: 'The output y of row 3 is NaN.' },
    });
    expect(told).toEqual([0, 1]);
  });

  it('sends a batch that is too large in halves, and smaller ones from then on', async () => {
    const model = fakeModel(unless((rows) => rows.length > 3, tooLarge));

    expect(
      await predictMany(
        model,
        Array.from({ length: 16 }, (_, row) => row),
        { batchRows: 8, concurrency: 1 },
      ),
    ).toEqual(Array.from({ length: 16 }, (_, row) => ({ of: row })));

    expect(model.calls.map(({ rows }) => rows.length)).toEqual([8, 4, 2, 2, 4, 2, 2, 2, 2, 2, 2]);
  });

  it('gives up on one row that is too large', async () => {
    const model = fakeModel(unless((rows) => rows.includes(2), tooLarge));

    await expect(predictMany(model, [0, 1, 2, 3])).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 });
    const outcomes = await predictMany(model, [0, 1, 2, 3], { onError: 'row' });
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, false, true]);
  });

  it('fails a row alone that cannot be sent, by row', async () => {
    const refused = new InvalidInputError('INVALID_INPUT', 'The value of "x" is NaN.');
    const model = fakeModel(unless((rows) => rows.includes(2), refused));

    const outcomes = await predictMany(model, [0, 1, 2, 3], { onError: 'row' });

    expect(outcomes.map((outcome) => (outcome.ok ? outcome.prediction.of : outcome.error))).toEqual([0, 1, refused, 3]);
    await expect(predictMany(model, [0, 1, 2, 3])).rejects.toBe(refused);
  });

  it('throws its error, not that of a source which fails to close', async () => {
    const rows = {
      *[Symbol.iterator]() {
        try {
          for (let row = 0; ; row += 1) yield row;
        } finally {
          // eslint-disable-next-line no-unsafe-finally -- what such a source does
          throw new Error('The cursor is gone.');
        }
      },
    };

    await expect(
      predictMany(
        fakeModel((call) => call.fail(lost)),
        rows,
      ),
    ).rejects.toBe(lost);
  });

  it.each(['ABORTED', 'INVALID_INPUT'])('takes %s of a fake for its own only where the class says so', async (code) => {
    const told = new ResponseError(code as 'UNKNOWN_ERROR', 'Of a server.', { status: 409 });
    const model = fakeModel((call) => call.fail(told));

    const outcomes = await predictMany(model, [0, 1], { onError: 'row' });

    expect(outcomes).toEqual([0, 1].map((row) => ({ ok: false, row, error: told })));
    expect(model.calls).toHaveLength(1);
  });

  it('passes on what the source throws, and does not close what has failed', async () => {
    let isClosed = false;
    const broken = new Error('The file ends in the middle of a row.');
    let count = 0;
    const iterator: Iterator<number> = {
      next: () => {
        if ((count += 1) > 2) throw broken;
        return { done: false, value: count };
      },
      return: () => {
        isClosed = true;
        return { done: true, value: undefined };
      },
    };
    const rows: Iterable<number> = { [Symbol.iterator]: () => iterator };

    const seen: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const { of } of predictMany(fakeModel(), rows, { batchRows: 2 })) seen.push(of);
    };

    await expect(read()).rejects.toBe(broken);
    expect(seen).toEqual([1, 2]);
    expect(isClosed).toBe(false);
  });
});
