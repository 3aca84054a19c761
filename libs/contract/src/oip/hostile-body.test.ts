import fc from 'fast-check';
import { describe, it } from 'vitest';
import { ContractError } from '../contract-error.ts';
import { parseJson } from '../parse-json.ts';
import { decodeInferJson } from './decode-infer-json.ts';
import { decodeRawInfer } from './decode-raw-infer.ts';
import { levelOf } from './level.ts';
import { checkRequestedOutputs } from './requested-outputs.ts';
import { rowsOf } from './row-inputs.ts';
import { splitInferBody } from './split-infer-body.ts';
import { tensorsOf } from './tensor-inputs.ts';
import { timeoutOf } from './parameters.ts';
import { penguins } from './testing/oip-models.ts';

const goodRequest = {
  id: 'a',
  parameters: { timeout: 5, binary_data_output: true },
  inputs: [
    { name: 'features', shape: [1, 4], datatype: 'FP32', parameters: { binary_data_size: 16 } },
    { name: 'island', shape: [1], datatype: 'BYTES', parameters: { binary_data_size: 9 } },
    { name: 'year', shape: [1], datatype: 'INT64', data: [2008] },
  ],
  outputs: [{ name: 'logits', parameters: { classification: 2 } }],
};
const goodJson = new TextEncoder().encode(JSON.stringify(goodRequest));
const goodBody = Uint8Array.of(...goodJson, ...new Uint8Array(16), 5, 0, 0, 0, 68, 114, 101, 97, 109);

/** The whole way of a body up to the engine. */
const decodeAll = (body: Uint8Array, headerLength: string | undefined): void => {
  const parts = splitInferBody(body, headerLength);
  const request =
    'raw' in parts
      ? decodeRawInfer(parts.raw, penguins)
      : decodeInferJson(parseJson(parts.json, { maxDepth: 100, exactIntegers: true }), parts.binary, 'penguins');
  decodeFurther(request);
};

/** Every check of a decoded request, at both levels. */
const decodeFurther = (request: ReturnType<typeof decodeInferJson>): void => {
  refusesCleanly(() => timeoutOf(request));
  refusesCleanly(() => levelOf(request, penguins));
  for (const level of ['tensor', 'row'] as const) refusesCleanly(() => checkRequestedOutputs(request, penguins, level));
  refusesCleanly(() => tensorsOf(request, penguins));
  refusesCleanly(() => rowsOf(request, penguins));
};

/** Refused with a message that is short and on one line, or taken. */
const refusesCleanly = (decode: () => unknown): void => {
  try {
    decode();
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    // Not by `expect`: tens of thousands of them would take longer than all that is tested.
    const isClean = error.message.length < 6000 && !/[\p{Cc}\p{Cs}]/u.test(error.message);
    if (!isClean) throw new Error('The message is long or not safe to print.', { cause: error });
  }
};

describe('a hostile body', () => {
  it('with bytes changed, cut or added is refused cleanly', () => {
    const change = fc.record({
      at: fc.nat(goodBody.length - 1),
      remove: fc.nat(3),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom('[', '{', '"', '-', '9'.repeat(30), 'e', 'null').map((text) => new TextEncoder().encode(text)),
      ),
    });

    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: -3, max: 3 }),
        (changes, shift) => {
          let body = [...goodBody];
          for (const { at, remove, insert } of changes)
            body = [...body.slice(0, at), ...insert, ...body.slice(at + remove)];
          refusesCleanly(() => decodeAll(Uint8Array.from(body), String(goodJson.length + shift)));
          refusesCleanly(() => decodeAll(Uint8Array.from(body), undefined));
        },
      ),
      { seed: 31, numRuns: 2000 },
    );
  });

  it('of any bytes under any header is refused cleanly', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.option(fc.oneof(fc.string(), fc.nat(50).map(String)), { nil: undefined }),
        (body, header) => {
          refusesCleanly(() => decodeAll(body, header));
        },
      ),
      { seed: 32, numRuns: 2000 },
    );
  });

  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.bigInt(),
    fc.constantFrom<unknown>(
      -1,
      2 ** 53,
      2 ** 60,
      1e308,
      NaN,
      '__proto__',
      'FP32',
      'BYTES',
      'FP16',
      [0],
      [2 ** 31, 2 ** 31],
      [1e15, 0],
      [[]],
    ),
  );

  it('with any value in the place of any other is refused cleanly', () => {
    const paths = pathsOf(goodRequest);

    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), odd), { minLength: 1, maxLength: 3 }), (changes) => {
        const request = structuredClone(goodRequest) as unknown as Record<string, unknown>;
        for (const [path, value] of changes) put(request, path, value);
        refusesCleanly(() => decodeFurther(decodeInferJson(request, goodBody.subarray(goodJson.length), 'm')));
      }),
      { seed: 33, numRuns: 5000 },
    );
  });

  it('may name its tensors as it likes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        refusesCleanly(() =>
          decodeFurther(
            decodeInferJson({ inputs: [{ name, shape: [1], datatype: 'FP32', data: [1] }] }, new Uint8Array()),
          ),
        );
        refusesCleanly(() => decodeFurther(decodeInferJson({ inputs: [], outputs: [{ name }] }, new Uint8Array())));
      }),
      { seed: 34, numRuns: 300 },
    );
  });
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]));
  return path.length === 0 ? below : [path, ...below];
}

function put(target: unknown, [name, ...rest]: Path, value: unknown): void {
  if (typeof target !== 'object' || target === null || name === undefined) return;
  if (rest.length > 0) put((target as Record<string, unknown>)[name], rest, value);
  else (target as Record<string, unknown>)[name] = value;
}
