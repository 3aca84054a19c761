import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPackage } from '../open-package.ts';
import { FLOAT, floatOf, graphOf, modelOf, nodeOf, valueOf } from '../testing/build-onnx.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** Columns of floats → Concat → an Imputer that replaces `replaced` → y. */
function imputingModel(columns: readonly string[], replaced: number): Uint8Array {
  const attributes = [floatOf('replaced_value_float', replaced)];
  const nodes = [
    nodeOf({ opType: 'Concat', inputs: columns, outputs: ['joined'] }),
    nodeOf({ opType: 'Imputer', domain: 'ai.onnx.ml', inputs: ['joined'], outputs: ['y'], attributes }),
  ];
  const width = columns.length === 1 ? 2 : 1;
  const inputs = columns.map((name) => valueOf(name, FLOAT, ['batch', width]));
  return modelOf(graphOf({ nodes, inputs, outputs: [valueOf('y', FLOAT, ['batch', 2])] }));
}

describe('a model that fills in what is missing', () => {
  const inputOf = async (bytes: Uint8Array, options = {}) => {
    await using folder = await temporaryFolder({ 'm.onnx': bytes });
    return (await openPackage(join(folder.path, 'm.onnx'), options)).signature.input;
  };
  const missing = { type: 'number', dtype: 'float32', optional: true };

  it('takes columns that are left out or null', async () => {
    expect(await inputOf(imputingModel(['age', 'mass'], NaN))).toEqual({ age: missing, mass: missing });
    expect(await inputOf(imputingModel(['x'], NaN), { columns: ['a', 'b'] })).toEqual({ a: missing, b: missing });
  });

  it('needs them where the Imputer replaces another value', async () => {
    const needed = { type: 'number', dtype: 'float32' };
    expect(await inputOf(imputingModel(['age', 'mass'], -1))).toEqual({ age: needed, mass: needed });
  });
});
