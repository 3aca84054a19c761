import { isTensor, tensor } from '@web-single/tensor';
import type { Row, Tensor } from '@web-single/tensor';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createPipeline } from './create-pipeline.ts';
import { defineStep } from './define-step.ts';
import { freeBetween } from './free-between.ts';
import { perRow } from './per-row.ts';
import type { StepDefinition } from './define-step.ts';
import { createStepRegistry } from './step-registry.ts';

const size = 70_000;
const bytesOf = (row: Row): readonly Uint8Array[] =>
  Object.values(row).flatMap((value) => (isTensor(value) && value.dtype === 'uint8' ? [value.data] : []));
const picture = (level: number): Tensor => tensor('uint8', [size], new Uint8Array(size).fill(level));
const isFull = (bytes: Uint8Array, level: number): boolean =>
  bytes.length === size && bytes.every((byte) => byte === level);
const levelOf = (row: Row): number => bytesOf({ x: row['x']! })[0]![0]!;

describe('freeBetween', () => {
  it('frees what lies between two steps, and nothing that either end still has', () => {
    const [own, passed, cut] = [new Uint8Array(size), new Uint8Array(size), new Uint8Array(size)];
    const made = new Uint8Array(size);

    freeBetween({ own }, { own, passed, made, cut: [cut] }, { passed, cut: { part: cut.subarray(5) } });

    expect([own.length, passed.length, cut.length, made.length]).toEqual([size, size, size, 0]);
  });

  it('frees once what lies there twice', () => {
    const made = new Uint8Array(size);

    freeBetween({}, { made, again: made.subarray(5) }, {});

    expect(made.length).toBe(0);
  });
});

/** Steps that keep, as a test does, all they are given and all they make. */
function keeping() {
  const seen: { readonly level: number; readonly bytes: Uint8Array }[] = [];
  const keep = (row: Row): void => {
    for (const bytes of bytesOf(row)) seen.push({ level: bytes[0]!, bytes });
  };
  const define = (name: string, change: (row: Row) => Row, options: Partial<StepDefinition> = {}): StepDefinition => {
    const step = perRow(name, async (row) => {
      await Promise.resolve();
      return change(row);
    });
    return defineStep({ name, summary: name, params: z.strictObject({}), ...options, create: () => step });
  };
  const next = (row: Row): Row => ({ id: row['id']!, x: picture(levelOf(row) + 1) });
  const registry = createStepRegistry([
    define('open', (row) => ({ ...row, x: picture(Number(row['id'])) }), { decodes: true, keepsNothing: true }),
    define('next', next, { keepsNothing: true }),
    define('same', (row) => row, { keepsNothing: true }),
    define('own', (row) => {
      keep(row);
      const made = next(row);
      keep(made);
      return made;
    }),
  ]);
  return { seen, registry };
}

describe('a decoding pipeline', () => {
  it.each([
    ['open', 'next', 'next'],
    ['open', 'own', 'next', 'same', 'own', 'next'],
    ['open', 'same', 'own', 'own', 'same', 'next', 'next'],
  ])('changes nothing that a step has kept, and nothing of its rows: %s, %s, %s …', async (...names) => {
    const { seen, registry } = keeping();
    const pipeline = createPipeline(
      names.map((step) => ({ step })),
      registry,
    );
    const batches = [0, 1, 2].map((batch) =>
      Array.from({ length: 5 }, (_, row): Row => ({ id: 20 * batch + 100 * (row % 2), given: picture(row) })),
    );

    const answers = await Promise.all(batches.map((rows) => pipeline.run(rows)));

    const steps = names.filter((name) => name === 'next' || name === 'own').length;
    for (const [batch, rows] of batches.entries()) {
      for (const [index, row] of rows.entries()) {
        expect(isFull(bytesOf({ given: row['given']! })[0]!, index)).toBe(true);
        const { x } = answers[batch]![index] as { x: { data: Uint8Array } };
        expect(isFull(x.data, Number(row['id']) + steps)).toBe(true);
      }
    }
    expect(seen.filter(({ level, bytes }) => !isFull(bytes, level))).toEqual([]);
  });
});
