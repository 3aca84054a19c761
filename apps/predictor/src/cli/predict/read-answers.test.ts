import { describe, expect, it } from 'vitest';
import { CallError } from './answerer.ts';
import { readAnswers, readRefusal } from './read-answers.ts';
import { describeFailure } from './row-failures.ts';

const url = 'http://127.0.0.1:1/predict';
const output = { label: { type: 'text' }, note: { type: 'text', optional: true } } as const;
const read = (predictions: unknown) => readAnswers({ predictions }, { count: 1, output, url });
const problem = { field: 'a', expected: 'number', got: '"x"' };

describe('readAnswers', () => {
  it('takes outputs, and errors with what is wrong with their row', () => {
    expect(read([{ label: 'x', note: null }])).toEqual([{ outputs: { label: 'x', note: null } }]);
    expect(read([{ error: { code: 'INPUT_MISMATCH', detail: 'no', details: [{ row: 0, ...problem }] } }])).toEqual([
      { error: { code: 'INPUT_MISMATCH', message: 'no', problems: [problem] } },
    ]);
    expect(read([{ error: { code: 'INFERENCE_FAILED', detail: 'no' } }])).toMatchObject([{ error: { problems: [] } }]);
  });

  it('takes an output that is called error', () => {
    const named = readAnswers(
      { predictions: [{ error: 'none' }] },
      { count: 1, output: { error: { type: 'text' } }, url },
    );
    expect(named).toEqual([{ outputs: { error: 'none' } }]);
  });

  it.each([
    [[null]],
    [[5]],
    [['label']],
    [[[]]],
    [[{}]],
    [[{ lable: 'x' }]],
    [[{ error: null }]],
    [[{ error: { code: 'INPUT_MISMATCH' } }]],
    [[{ error: { code: 'NO_SUCH_CODE', detail: 'no' } }]],
    [[{ error: { code: 'INPUT_MISMATCH', detail: 'no', details: {} } }]],
    [[{ error: { code: 'INPUT_MISMATCH', detail: 'no', details: [null] } }]],
    [[]],
    [{}],
  ])('refuses the predictions %j', (predictions) => {
    expect(() => read(predictions)).toThrow(CallError);
    expect(() => read(predictions)).toThrow('does not answer as a web-single predictor: expected');
  });

  it.each([null, 5, 'predictions', [[]]])('refuses the body %j', (body) => {
    expect(() => readAnswers(body, { count: 1, output, url })).toThrow(CallError);
  });
});

describe('readRefusal', () => {
  const refusalOf = (body: unknown, status = 422): CallError =>
    readRefusal(status, Buffer.from(JSON.stringify(body)), url);

  it('says what the server says', () => {
    const refusal = refusalOf({ code: 'INPUT_MISMATCH', detail: 'no', details: [{ row: 0, ...problem }] });
    expect(refusal).toMatchObject({ code: 'INPUT_MISMATCH', message: 'no', problems: [problem] });
    expect(refusalOf({ code: 'OVERLOADED', retryAfterMs: 7 }, 503)).toMatchObject({ retryAfterMs: 7 });
  });

  it.each([[[null]], [{}], ['x'], [[{ field: 1 }]]])('can be told whatever its details are: %j', (details) => {
    const { code, message, problems } = refusalOf({ code: 'INPUT_MISMATCH', detail: 'no', details });
    const row = { place: { file: 'a.csv', line: 2 }, value: {}, kept: {}, sizeBytes: 1 };
    expect(describeFailure({ row, error: { code: code as 'INPUT_MISMATCH', message, problems } })).toBe(
      'a.csv line 2: no',
    );
  });

  it.each([null, 5, [[]], { code: 7, detail: {}, retryAfterMs: 'soon' }, { code: 'NO_SUCH_CODE' }])(
    'is of the address where it says %j',
    (body) => {
      expect(refusalOf(body, 500)).toMatchObject({
        code: 'CONNECTION_FAILED',
        message: `${url} answered 500; expected 200.`,
      });
      expect(refusalOf(body, 429).retryAfterMs).toBe(200);
    },
  );
});
