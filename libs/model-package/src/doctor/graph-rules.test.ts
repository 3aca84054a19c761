import { describe, expect, it } from 'vitest';
import { encodeBytes, encodeInt, concatBytes } from '../onnx/wire-write.ts';
import {
  DOUBLE,
  FLOAT,
  graphOf,
  identityModel,
  INT64,
  modelOf,
  nodeOf,
  STRING,
  valueOf,
} from '../testing/build-onnx.ts';
import { findingsIn, identityOf, nodeModel, torch } from '../testing/findings-in.ts';

describe('graphFindings', () => {
  it.each([
    ['Softmax', false],
    ['Sigmoid', false],
    ['LogSoftmax', true],
    ['Log', true],
    ['Relu', true],
  ])('gives steps after a graph that ends in %s that do not normalise its scores twice', async (opType, hasSoftmax) => {
    const nodes = [
      nodeOf({ opType: 'Softmax', inputs: ['x'], outputs: ['inner'] }),
      nodeOf({ opType: 'MatMul', inputs: ['inner', 'inner'], outputs: ['logits'] }),
      ...(opType === 'Log' ? [nodeOf({ opType: 'Softmax', inputs: ['logits'], outputs: ['p'] })] : []),
      nodeOf({ opType, inputs: [opType === 'Log' ? 'p' : 'logits'], outputs: ['y'] }),
    ];
    const scores = modelOf(
      graphOf({ nodes, inputs: [valueOf('x', FLOAT, ['batch', 3])], outputs: [valueOf('y', FLOAT, ['batch', 3])] }),
    );
    const hint = (await findingsIn({ 'model.onnx': scores })).find(({ rule }) => rule === 'unlabelled-scores');
    expect(hint?.code?.includes('step: softmax')).toBe(hasSoftmax);
    const signature =
      'signature: { input: { x: { type: tensor, dtype: float32, dims: [3] } }, output: { label: { type: category, values: [a, b, c] }, probabilities: { type: scores, of: label } } }';
    const manifest = `model: { file: model.onnx }\n${signature}\n${hint?.code?.replace('[...]', '[a, b, c]')}\n`;
    const pasted = await findingsIn({ 'model.onnx': scores, 'model.yaml': manifest });
    expect(pasted.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('tells a node whose attribute is not what ONNX says, wherever it is asked for first', async () => {
    const asked = nodeModel({
      opType: 'BatchNormalization',
      inputs: ['x'],
      outputs: ['y'],
      attributes: [concatBytes([encodeBytes(1, 'training_mode'), encodeBytes(3, 'x'), encodeInt(20, 2)])],
    });
    const opened = nodeModel({
      opType: 'LinearClassifier',
      domain: 'ai.onnx.ml',
      inputs: ['x'],
      outputs: ['label', 'y'],
      attributes: [concatBytes([encodeBytes(1, 'classlabels_strings'), encodeInt(9, 1), encodeInt(20, 8)])],
    });
    for (const model of [asked, opened])
      expect(await findingsIn({ 'model.onnx': model })).toContainEqual(
        expect.objectContaining({ rule: 'not-onnx', severity: 'error', where: 'model.onnx' }),
      );
  });

  describe('a fixed first dimension', () => {
    const fixedOf = async (
      inputs: readonly (readonly [string, number, readonly (number | string)[]])[],
      producer: string,
    ) => {
      const model = modelOf(
        graphOf({
          nodes: inputs.map(([name]) => nodeOf({ opType: 'Identity', inputs: [name], outputs: [`${name}_out`] })),
          inputs: inputs.map(([name, type, dims]) => valueOf(name, type, dims)),
          outputs: inputs.map(([name, type, dims]) => valueOf(`${name}_out`, type, dims)),
        }),
        { more: [encodeBytes(2, producer)] },
      );
      return (await findingsIn({ 'model.onnx': model })).filter(({ rule }) => rule === 'fixed-batch');
    };
    const frame = [
      ['text', STRING, [1, 1]],
      ['count', INT64, [1, 1]],
      ['mass', FLOAT, ['batch', 4]],
    ] as const;

    it('is mended by one line that names every input in its type', async () => {
      expect(await fixedOf(frame, 'skl2onnx')).toMatchObject([
        {
          where: 'model.onnx inputs "text", "count"',
          code: 'to_onnx(model, initial_types=[("text", StringTensorType([None, 1])), ("count", Int64TensorType([None, 1])), ("mass", FloatTensorType([None, 4]))])',
        },
      ]);
      const [torchFinding] = await fixedOf(frame, 'pytorch');
      expect(torchFinding?.code).toContain('dynamic_shapes=({0: batch}, {0: batch}, {0: batch})');
      const [keras] = await fixedOf(frame, 'tf2onnx');
      expect(keras?.code).toContain('tf.TensorSpec([None, 1], tf.string, "text"), tf.TensorSpec([None, 1], tf.int64,');
    });

    it('is mended by name where the exporter is not known, whichever input it is', async () => {
      const [other] = await fixedOf(
        [
          ['first', FLOAT, ['batch', 4]],
          ['second', FLOAT, [1, 4]],
        ],
        'somebody',
      );
      expect(other?.code).toContain('if i.name in {"second"}:');
    });

    it.each([
      [0, /takes no rows at all/],
      [1, /Every row is a run of its own/],
      [3, /If that is a batch, .*3 rows at once; if it is none, the graph has no batch/],
    ])('of %i says what that means', async (rows, why) => {
      const [found] = await fixedOf([['x', FLOAT, [rows, 224, 224]]], 'pytorch');
      expect(found?.why).toMatch(why);
    });
  });

  it.each([
    ['skl2onnx', 'to_onnx(model'],
    ['tf2onnx', 'set_floatx("float32")'],
    ['somebody', 'X.astype(np.float32)'],
  ])('tells how to leave float64 with the exporter that wrote the file, %s', async (producer, line) => {
    const model = identityOf(DOUBLE, ['batch', 2], { more: [encodeBytes(2, producer)] });
    const found = (await findingsIn({ 'model.onnx': model })).find(({ rule }) => rule === 'float64');
    expect(found?.code).toContain(line);
  });

  it.each([
    [['', 99], 'opset_version=26'],
    [['ai.onnx.ml', 99], 'if o.domain == "ai.onnx.ml"'],
  ] as const)('tells how to lower the operators that are too new, %j', async (opset, line) => {
    const opsets = opset[0] === '' ? [opset] : ([['', 20], opset] as const);
    const model = identityModel({}, { opsets, ...torch });
    const found = (await findingsIn({ 'model.onnx': model })).find(({ rule }) => rule === 'opset-too-new');
    expect(found?.code).toContain(line);
  });

  it('finds outputs that are sequences of tensors, and says how to export the models apart', async () => {
    const tensorType = encodeBytes(1, encodeInt(1, FLOAT));
    const sequence = concatBytes([encodeBytes(1, 'all'), encodeBytes(2, encodeBytes(4, encodeBytes(1, tensorType)))]);
    const nodes = [nodeOf({ opType: 'SequenceConstruct', inputs: ['x'], outputs: ['all'] })];
    const model = modelOf(graphOf({ nodes, inputs: [valueOf('x', FLOAT, ['batch', 2])], outputs: [sequence] }));
    expect(await findingsIn({ 'model.onnx': model })).toContainEqual(
      expect.objectContaining({
        rule: 'sequence-output',
        where: 'model.onnx output "all"',
        code: expect.stringContaining('model.estimators_'),
      }),
    );
  });
});
