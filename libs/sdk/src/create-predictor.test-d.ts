import { describe, expectTypeOf, it } from 'vitest';
import { createPredictor, isPredictorError, ResponseError } from './index.ts';
import type { InputMismatchError, OutputTensor, PredictorErrorCode, PredictorFailure } from './index.ts';

const { models, model, infer } = createPredictor({ baseUrl: 'http://127.0.0.1:3000' });

describe('typed predictions', () => {
  it('have literal labels', async () => {
    const prediction = await models.penguins.predict({ island: 'Dream' });

    expectTypeOf(prediction.label).toEqualTypeOf<'Adelie' | 'Chinstrap' | 'Gentoo'>();
    expectTypeOf(prediction.probabilities.Gentoo).toEqualTypeOf<number>();
    // @ts-expect-error no such label
    expectTypeOf(prediction.label === 'Emperor').toBeBoolean();
    // @ts-expect-error no such output
    expectTypeOf(prediction.species).toBeAny();
    expectTypeOf((await models.digits.predict(new Blob([]))).label).toEqualTypeOf<
      0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
    >();
  });

  it('are one for a row and many for rows', () => {
    expectTypeOf(models.penguins.predict({ island: 'Dream' })).resolves.toHaveProperty('label');
    expectTypeOf(models.penguins.predict([{ island: 'Dream' }])).resolves.items.toHaveProperty('label');
    expectTypeOf(models.penguins.predict({ island: 'Dream' }).withResponse()).resolves.toHaveProperty('timing');
  });

  it('take no wrong field, label, type or model', () => {
    // @ts-expect-error no such field
    void models.penguins.predict({ island: 'Dream', wings: 2 });
    // @ts-expect-error no such island
    void models.penguins.predict({ island: 'Dreem' });
    // @ts-expect-error the island is not optional
    void models.penguins.predict({ sex: 'male' });
    // @ts-expect-error a number is not a text
    void models.penguins.predict({ island: 'Dream', body_mass_g: '3750' });
    // @ts-expect-error wrong in the second row
    void models.penguins.predict([{ island: 'Dream' }, { island: 'Dreem' }]);
    // @ts-expect-error penguins takes no file
    void models.penguins.predict(new Blob([]));
    // @ts-expect-error no such model
    void models.pinguins;
  });

  it('take images as blob, file, buffer, bytes or base64', () => {
    void models.digits.predict(new File([], '3.png'));
    void models.digits.predict(new ArrayBuffer(1));
    void models.digits.predict(new Uint8Array(1));
    void models.digits.predict({ image: { base64: '' } });
    void models.digits.predict([new Blob([]), { image: new Uint8Array(1) }]);
    // @ts-expect-error a path is no image
    void models.digits.predict('3.png');
  });

  it('of an unknown model are objects of unknown values', () => {
    expectTypeOf(model('iris').predict({ x: 1 })).resolves.toEqualTypeOf<Readonly<Record<string, unknown>>>();
  });
});

describe('typed tensors', () => {
  it('are there by the names that were asked for, and narrow by datatype', async () => {
    const { outputs } = await infer('m', { x: { data: Float32Array.of(1) } }, { outputs: ['label', 'scores'] });

    expectTypeOf(outputs).toEqualTypeOf<Readonly<Record<'label' | 'scores', OutputTensor>>>();
    if (outputs.scores.datatype === 'FP32') expectTypeOf(outputs.scores.data).toEqualTypeOf<Float32Array>();
    // @ts-expect-error not asked for
    expectTypeOf(outputs.score).toBeAny();
  });

  it('take typed arrays, strings, bytes and booleans, and no plain numbers', () => {
    void infer('m', {
      a: { data: ['x'] },
      b: { data: [true] },
      c: { data: [new Uint8Array()] },
      d: { data: new Float16Array() },
    });
    void infer('m', [{ name: 'a', datatype: 'FP16', data: new Uint16Array(1), shape: [1] }]);
    // @ts-expect-error numbers have no datatype
    void infer('m', { a: { data: [1] } });
    // @ts-expect-error no such datatype
    void infer('m', { a: { datatype: 'FLOAT', data: new Float32Array() } });
  });
});

describe('typed outcomes', () => {
  it('narrow by ok', async () => {
    const [outcome] = await models.penguins.predict([{ island: 'Dream' }], { onError: 'row' });

    if (outcome?.ok === true) expectTypeOf(outcome.prediction.label).toEqualTypeOf<'Adelie' | 'Chinstrap' | 'Gentoo'>();
    if (outcome?.ok === false) expectTypeOf(outcome.error).toEqualTypeOf<PredictorFailure>();
    // @ts-expect-error it may be an error
    void outcome?.prediction;
    // @ts-expect-error one row fails the call
    void models.penguins.predict({ island: 'Dream' }, { onError: 'row' });
  });
});

describe('typed errors', () => {
  const caught: unknown = undefined;

  it('narrow by code', () => {
    if (!isPredictorError(caught)) return;
    if (caught.code === 'INPUT_MISMATCH') expectTypeOf(caught).toEqualTypeOf<InputMismatchError>();
    // @ts-expect-error no such code
    if (caught.code === 'NO_SUCH_CODE') return;
  });

  /** What docs/guides/typed-client.md shows: a code that is missing here does not compile. */
  const adviceFor = (error: PredictorFailure): string => {
    switch (error.code) {
      case 'INPUT_MISMATCH':
        return error.details.map(({ field, expected }) => `${field}: ${expected}`).join();
      case 'INVALID_RESPONSE':
        return `status ${error.status}`;
      case 'CONNECTION_FAILED':
      case 'TIMEOUT':
        expectTypeOf(error.details).toEqualTypeOf<readonly never[]>();
        return 'offline';
      case 'ABORTED':
      case 'INVALID_INPUT':
        expectTypeOf(error.status).toEqualTypeOf<undefined>();
        return 'mine';
      default:
        expectTypeOf(error).toEqualTypeOf<ResponseError>();
        return String(error.retryAfterMs);
    }
  };

  it('are complete: every code has its case', () => {
    const classOf = (error: PredictorFailure): string => {
      if (error.code === 'INPUT_MISMATCH') return 'fields';
      if (error instanceof ResponseError) return 'answer';
      switch (error.code) {
        case 'CONNECTION_FAILED':
        case 'TIMEOUT':
        case 'ABORTED':
        case 'INVALID_RESPONSE':
        case 'INVALID_INPUT':
          return 'client';
        default:
          expectTypeOf(error).toBeNever();
          return error satisfies never;
      }
    };
    expectTypeOf(classOf).returns.toBeString();
    expectTypeOf(adviceFor).returns.toBeString();
  });

  it('have all codes there are, of the server and of the client', () => {
    expectTypeOf<PredictorFailure['code']>().toEqualTypeOf<PredictorErrorCode>();
  });
});
