import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, truncate } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeBytes, encodeInt, concatBytes } from '../onnx/wire-write.ts';
import {
  DOUBLE,
  externalTensorOf,
  FLOAT,
  graphOf,
  identityModel,
  INT64,
  modelOf,
  nodeOf,
  STRING,
  tensorAttributeOf,
  valueOf,
  zipMapModel,
} from '../testing/build-onnx.ts';
import { fixtures, temporaryFolder } from '../testing/temporary-folder.ts';
import { diagnose } from './diagnose.ts';
import { readSubject } from './subject.ts';

const BFLOAT16 = 16;
const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const birds = fileURLToPath(new URL('../../../../examples/birds/', import.meta.url));

type Files = Readonly<Record<string, Uint8Array | string>>;

/** What is found in a folder of these files, or in one of them. */
async function findingsIn(files: Files, named = '') {
  await using folder = await temporaryFolder(files);
  return (await diagnose(join(folder.path, named))).findings;
}

const torch = { more: [encodeBytes(2, 'pytorch')] };
const identityOf = (type: number, dims: readonly (number | string)[], parts = {}): Uint8Array =>
  identityModel({ inputs: [valueOf('x', type, dims)], outputs: [valueOf('y', type, dims)] }, parts);
const nodeModel = (node: Parameters<typeof nodeOf>[0], outputs = [valueOf('y', FLOAT, ['batch', 2])]): Uint8Array =>
  modelOf(graphOf({ nodes: [nodeOf(node)], inputs: [valueOf('x', FLOAT, ['batch', 2])], outputs }));
const intOf = (name: string, value: number): Uint8Array =>
  concatBytes([encodeBytes(1, name), encodeInt(3, value), encodeInt(20, 2)]);
const external = identityModel({
  nodes: [
    nodeOf({
      opType: 'Constant',
      outputs: ['w'],
      attributes: [tensorAttributeOf('value', externalTensorOf('w', 'weights.bin'))],
    }),
  ],
});
const mapsOf = modelOf(
  graphOf({
    nodes: [
      nodeOf({ opType: 'Softmax', inputs: ['x'], outputs: ['p'] }),
      nodeOf({ opType: 'SequenceConstruct', inputs: ['p'], outputs: ['maps'] }),
    ],
    inputs: [valueOf('x', FLOAT, ['batch', 2])],
    outputs: [encodeBytesOfMaps('maps')],
  }),
);

/** ValueInfoProto of seq(map(string, tensor(float))). */
function encodeBytesOfMaps(name: string): Uint8Array {
  const map = concatBytes([encodeInt(1, STRING), encodeBytes(2, encodeBytes(1, encodeInt(1, FLOAT)))]);
  return concatBytes([encodeBytes(1, name), encodeBytes(2, encodeBytes(4, encodeBytes(1, encodeBytes(5, map))))]);
}

describe('diagnose', () => {
  it.each<[rule: string, severity: string, files: Files, where: string, remedy: RegExp]>([
    [
      'not-onnx',
      'error',
      { 'model.onnx': 'version https://git-lfs.github.com/spec/v1\n' },
      'model.onnx',
      /exported \.onnx/,
    ],
    [
      'opset-too-new',
      'error',
      { 'model.onnx': identityModel({}, { opsets: [['', 99]], ...torch }) },
      'model.onnx',
      /opset_version=26/,
    ],
    ['ir-too-new', 'error', { 'model.onnx': identityModel({}, { irVersion: 99 }) }, 'model.onnx', /m\.ir_version = 13/],
    [
      'custom-operator',
      'error',
      { 'model.onnx': nodeModel({ opType: 'Foo', domain: 'com.acme', inputs: ['x'], outputs: ['y'] }) },
      'model.onnx',
      /op_type/,
    ],
    ['external-data', 'error', { 'model.onnx': external }, 'model.onnx', /save_as_external_data=False/],
    [
      'bfloat16',
      'error',
      { 'model.onnx': identityOf(BFLOAT16, ['batch', 2]) },
      'model.onnx input "x"',
      /model\.float\(\)/,
    ],
    ['map-output', 'error', { 'model.onnx': mapsOf }, 'model.onnx output "maps"', /"zipmap": False/],
    [
      'training-mode',
      'error',
      {
        'model.onnx': nodeModel({
          opType: 'BatchNormalization',
          inputs: ['x'],
          outputs: ['y'],
          attributes: [intOf('training_mode', 1)],
        }),
      },
      'model.onnx node "BatchNormalization"',
      /model\.eval\(\)/,
    ],
    [
      'fixed-batch',
      'warning',
      { 'model.onnx': identityOf(FLOAT, [1, 4], torch) },
      'model.onnx input "x"',
      /dynamic_shapes/,
    ],
    [
      'float64',
      'warning',
      { 'model.onnx': identityOf(DOUBLE, ['batch', 2]) },
      'model.onnx input "x"',
      /astype\(np\.float32\)/,
    ],
    [
      'text-skew',
      'warning',
      { 'model.onnx': nodeModel({ opType: 'TfIdfVectorizer', inputs: ['x'], outputs: ['y'] }) },
      'model.onnx node "TfIdfVectorizer"',
      /sublinear_tf/,
    ],
    [
      'unnamed-columns',
      'warning',
      { 'model.onnx': identityOf(FLOAT, ['batch', 4]) },
      'model.onnx input "x"',
      /X_frame/,
    ],
    [
      'unlabelled-scores',
      'warning',
      { 'model.onnx': identityOf(FLOAT, ['batch', 4]), 'labels.txt': 'a\nb\nc\nd\n' },
      'model.onnx output "y"',
      /step: classify/,
    ],
    [
      'no-golden-cases',
      'warning',
      { 'model.onnx': identityModel() },
      expect.any(String) as unknown as string,
      /record_golden import case/,
    ],
    [
      'unsealed',
      'warning',
      { 'model.onnx': identityModel(), 'model.yaml': 'model: { file: model.onnx }\n' },
      'model.yaml /files',
      /seal_package\.py/,
    ],
    ['other-formats', 'warning', { 'model.onnx': identityModel(), 'model.pkl': 'x' }, 'model.pkl', /training code/],
    [
      'licence',
      'hint',
      { 'model.onnx': identityModel(), 'model.yaml': 'model: { file: model.onnx }\n' },
      'model.yaml /license',
      /license: CC-BY/,
    ],
    [
      'licence',
      'warning',
      { 'model.onnx': identityModel(), 'model.yaml': 'license: AGPL-3.0\nmodel: { file: model.onnx }\n' },
      'model.yaml /license',
      /another licence/,
    ],
    [
      'no-preprocessing',
      'warning',
      { 'model.onnx': identityOf(FLOAT, ['batch', 3, 32, 32]) },
      'model.onnx input "x"',
      /resize-image, field: image, fit: exact, width: 32/,
    ],
    ['refused', 'error', { 'model.yaml': 'modle: x\n' }, 'model.yaml /model', /what is named here/],
  ])('finds %s (%s), says where, why and what to do', async (...[rule, severity, files, where, remedy]) => {
    const found = (await findingsIn(files)).filter((finding) => finding.rule === rule);
    expect(found[0]).toMatchObject({
      severity,
      where,
      what: expect.stringMatching(/\w/),
      why: expect.stringMatching(/\.$/),
    });
    expect(`${found[0]?.remedy}\n${found[0]?.code}`).toMatch(remedy);
  });

  it('finds a ZipMap where no golden case proves what its cut answers', async () => {
    expect(await findingsIn({ 'model.onnx': zipMapModel(['a', 'b']) })).toContainEqual(
      expect.objectContaining({ rule: 'zipmap', severity: 'hint', code: expect.stringContaining('"zipmap": False') }),
    );
  });

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

  it('gives lines that record every field and output, however many, and no version that nobody measured', async () => {
    const columns = Array.from({ length: 13 }, (_, index) => `column_${index}`);
    const wide = (names: readonly string[], producer: string): Uint8Array =>
      modelOf(
        graphOf({
          nodes: names.map((name) => nodeOf({ opType: 'Identity', inputs: [name], outputs: [`${name}_out`] })),
          inputs: names.map((name) => valueOf(name, FLOAT, ['batch', 1])),
          outputs: names.map((name) => valueOf(`${name}_out`, FLOAT, ['batch', 1])),
        }),
        { more: [encodeBytes(2, producer)] },
      );
    const codeOf = async (model: Uint8Array) =>
      (await findingsIn({ 'model.onnx': model })).find(({ rule }) => rule === 'no-golden-cases')?.code;
    const many = await codeOf(wide(columns, 'skl2onnx'));
    for (const column of columns) expect(many).toMatch(new RegExp(`"${column}"[^]*"${column}_out"`));
    expect(many).toContain('case({name: row[name] for name in fields}, {name: answer[name] for name in outputs})');
    expect(many).toContain('import sklearn\n');
    expect(many).toContain('"library": f"scikit-learn {sklearn.__version__}"');
    const few = await codeOf(wide(['a"b', 'c'], 'somebody'));
    expect(few).toContain(
      String.raw`case({"a\"b": row["a\"b"], "c": row["c"]}, {"a\"b_out": answer["a\"b_out"], "c_out": answer["c_out"]})`,
    );
    expect(few).toContain('"library": f"{library.__name__} {library.__version__}"');
  });

  describe('golden cases', () => {
    const manifest =
      'model: { file: model.onnx }\nsignature: { input: { x: { type: tensor, dtype: float32, dims: [2] } }, output: { y: { type: tensor, dtype: float32, dims: [2] } } }\ngolden: golden.jsonl\n';
    const goldenRules = async (
      producer: object,
      inputs: readonly object[],
      model = identityOf(FLOAT, ['batch', 2]),
    ) => {
      const lines = [{ producer }, ...inputs.map((input) => ({ input, output: { y: [1, 2] } }))];
      const golden = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      return (await findingsIn({ 'model.onnx': model, 'model.yaml': manifest, 'golden.jsonl': golden })).filter(
        ({ rule }) => !['unsealed', 'licence', 'unnamed-columns', 'unlabelled-scores'].includes(rule),
      );
    };
    const good = { x: [1, 2] };

    it('that are no rows of the signature are told once, with every field and every case', async () => {
      const found = await goldenRules({ library: 'torch 2.9.0' }, [
        {},
        good,
        { x: [1, 'a'] },
        {},
        {},
        {},
        { x: 1, z: 2 },
      ]);
      expect(found).toMatchObject([
        {
          rule: 'golden-case-misfit',
          severity: 'error',
          where: 'golden.jsonl',
          what: expect.stringMatching(/^6 of 7 golden cases are no row of the signature: /),
          code: expect.stringContaining('record_golden import case'),
        },
      ]);
      expect(found[0]?.what).toContain(': cases 1 and 4 to 6');
      expect(found[0]?.what).toMatch(/"z".*: case 7/);
    });

    it.each([
      [{ library: 'onnxruntime-node 1.30.0' }],
      [{ library: 'torch 2.9.0', answers: 'of this ONNX file itself, not of the library it was trained with' }],
    ])('that the ONNX file itself answered (%j) prove nothing of the training', async (producer) => {
      expect(await goldenRules(producer, [good])).toMatchObject([
        { rule: 'own-golden-cases', severity: 'warning', where: 'golden.jsonl line 1' },
      ]);
      const text = nodeModel({ opType: 'TfIdfVectorizer', inputs: ['x'], outputs: ['y'] });
      expect(await goldenRules(producer, [good], text)).toMatchObject([
        { rule: 'own-golden-cases' },
        { rule: 'text-skew' },
      ]);
    });

    it('of the library that trained the model are all that is asked', async () => {
      expect(await goldenRules({ library: 'torch 2.9.0' }, [good, good])).toEqual([]);
    });
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

  it('finds classes that are only numbers', async () => {
    const { findings } = await diagnose(join(fixtures, 'logistic-multi-int.onnx'));
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'unnamed-classes',
        where: 'logistic-multi-int.onnx output "label"',
        code: 'model.fit(X, [names[k] for k in y])',
      }),
    );
    expect(
      (await diagnose(join(fixtures, 'logistic-multi-string.onnx'))).findings.map(({ rule }) => rule),
    ).not.toContain('unnamed-classes');
  });

  it('finds a digest that is not that of the file', async () => {
    const findings = await findingsIn({
      'model.onnx': identityModel(),
      'model.yaml': `model: { file: model.onnx, sha256: "${'0'.repeat(64)}" }\n`,
    });
    expect(findings[0]).toMatchObject({
      rule: 'digest',
      severity: 'error',
      where: 'model.onnx',
      code: expect.stringContaining('seal_package.py'),
    });
  });

  it('finds a model too large for as many processes as there are cores', async () => {
    const sizeBytes = 257 * 2 ** 20;
    const sha256 = createHash('sha256').update(new Uint8Array(sizeBytes)).digest('hex');
    await using folder = await temporaryFolder({
      'model.onnx': external,
      'weights.bin': '',
      'model.yaml': `model: { file: model.onnx }\nfiles: { weights.bin: "${sha256}" }\n`,
    });
    await truncate(join(folder.path, 'weights.bin'), sizeBytes);
    const { findings } = await diagnose(folder.path);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'large', severity: 'hint', code: expect.stringContaining('quantize_dynamic') }),
    );
  });

  it.each([
    [{ 'a.onnx': identityModel(), 'b c.onnx': identityModel() }, ['a.onnx', 'b c.onnx'], 'it holds 2.'],
    [
      { 'one/model.onnx': identityModel(), 'two/1/model.onnx': identityModel(), 'none/x.txt': 'x' },
      ['one', 'two/1'],
      'it holds 2, each in a folder of its own.',
    ],
    [{ 'one/model.onnx': identityModel() }, ['one'], 'it holds one, in a folder of its own.'],
  ])('of a folder that only holds models says which, and how to ask about each', async (files, names, what) => {
    await using folder = await temporaryFolder(files);
    const { findings } = await diagnose(folder.path);
    const words = names.map((name) => (name.includes(' ') ? `'${join(folder.path, name)}'` : join(folder.path, name)));
    expect(findings).toMatchObject([
      {
        rule: 'several-models',
        severity: 'error',
        what: expect.stringContaining(what),
        code: words.map((word) => `predictor doctor ${word}`).join('\n'),
      },
    ]);
  });

  it.each<[name: string, make: (path: string) => unknown]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['an endless device', (path) => symlink('/dev/zero', path)],
    ['a folder', (path) => mkdir(path)],
  ])('does not wait for %s in the place of a file', async (_, make) => {
    const sound = { 'model.onnx': identityModel(), 'model.yaml': 'model: { file: model.onnx }\n' };
    const other = { 'other.txt': 'x' };
    for (const [file, files] of [
      ['model.onnx', other],
      ['model.onnx', { 'model.yaml': sound['model.yaml'] }],
      ['model.yaml', { 'model.onnx': sound['model.onnx'] }],
    ] as const) {
      await using folder = await temporaryFolder(files);
      await make(join(folder.path, file));
      expect((await diagnose(folder.path)).findings[0]).toMatchObject({ severity: 'error' });
      expect((await diagnose(join(folder.path, 'model.onnx'))).findings.length).toBeGreaterThan(0);
    }
    await using folder = await temporaryFolder({ 'model.onnx': sound['model.onnx'] });
    await make(join(folder.path, 'preprocessor_config.json'));
    const found = (await diagnose(folder.path)).findings;
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
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

  it('looks at so many files of a folder and no more, however many there are', async () => {
    const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`data/${index}/x.bin`, 'x']));
    const manifest = 'model: { file: model.onnx }\n';
    await using folder = await temporaryFolder({ ...files, 'model.onnx': identityModel(), 'model.yaml': manifest });
    await mkdir(join(folder.path, 'empty'));
    expect((await readSubject(folder.path, undefined)).files).toHaveLength(32);
    expect((await readSubject(folder.path, undefined, 10)).files).toHaveLength(10);
    const unsealed = (await diagnose(folder.path)).findings.find(({ rule }) => rule === 'unsealed');
    expect(unsealed?.what).toContain('and 26 more');
  });

  it('tells everything at once, the worst first', async () => {
    const files = { 'model.onnx': identityOf(DOUBLE, [1, 4], { irVersion: 99 }), 'old.pkl': 'x' };
    expect((await findingsIn(files)).map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      'error ir-too-new',
      'warning fixed-batch',
      'warning float64',
      'warning other-formats',
    ]);
  });

  it('does not look at what lies beside a bare file', async () => {
    const files = { 'model.onnx': identityOf(INT64, ['batch']), 'other.pkl': 'x', 'preprocessor_config.json': '{}' };
    expect((await findingsIn(files, 'model.onnx')).map(({ rule }) => rule)).toEqual(['no-golden-cases']);
  });

  it('finds nothing in a sound package, whether or not it ends in ZipMap', async () => {
    expect((await diagnose(join(models, 'penguins'))).findings).toEqual([]);
    expect((await diagnose(join(models, 'digits'))).findings).toEqual([]);
    expect((await diagnose(birds)).findings.map(({ rule }) => rule)).toEqual(['licence']);
  });
});

describe('diagnose, of pictures', () => {
  const steps = (mean: string, filter = 'bilinear'): string =>
    [
      'model: { file: model.onnx }',
      'signature: { input: { image: { type: image } }, output: { y: { type: tensor, dtype: float32, dims: [3, 32, 32] } } }',
      'before:',
      '  - { step: decode-image, field: image, mode: rgb }',
      `  - { step: resize-image, field: image, fit: exact, width: 32, height: 32, filter: ${filter} }`,
      `  - { step: image-to-tensor, field: image, as: x, mean: [${mean}], std: [0.5, 0.5, 0.5], layout: CHW }`,
      '',
    ].join('\n');
  const config = JSON.stringify({
    size: { height: 32, width: 32 },
    resample: 2,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
    rescale_factor: 1 / 255,
  });
  const picture = identityOf(FLOAT, ['batch', 3, 32, 32]);
  const rules = async (files: Files) => (await findingsIn(files)).filter(({ severity }) => severity === 'error');

  it('finds steps that differ from what the training side says it did', async () => {
    expect(
      await rules({
        'model.onnx': picture,
        'model.yaml': steps('0.485, 0.456, 0.406', 'bicubic'),
        'preprocessor_config.json': config,
      }),
    ).toMatchObject([
      { rule: 'preprocessing-mismatch', where: 'model.yaml /before/1/filter', code: 'filter: bilinear' },
      { rule: 'preprocessing-mismatch', where: 'model.yaml /before/2/mean', code: 'mean: [0.5, 0.5, 0.5]' },
    ]);
  });

  it('has nothing against steps that are the same', async () => {
    expect(
      await rules({ 'model.onnx': picture, 'model.yaml': steps('0.5, 0.5, 0.5'), 'preprocessor_config.json': config }),
    ).toEqual([]);
  });

  it('finds a processor that makes pictures of another size than the graph takes', async () => {
    const other = config.replace('"height":32,"width":32', '"height":224,"width":224');
    expect(await rules({ 'model.onnx': picture, 'preprocessor_config.json': other })).toMatchObject([
      {
        rule: 'picture-size',
        where: 'preprocessor_config.json against model.onnx input "x"',
        what: expect.stringContaining('224 × 224, the graph takes 32 × 32'),
      },
    ]);
  });

  it('writes the steps down with the numbers of the training side', async () => {
    const found = (await findingsIn({ 'model.onnx': picture, 'preprocessor_config.json': config })).find(
      ({ rule }) => rule === 'no-preprocessing',
    );
    expect(found?.code).toContain('filter: bilinear');
    expect(found?.code).toContain('mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], layout: CHW');
  });

  it('gives lines that record pictures with their files', async () => {
    const files = { 'model.onnx': picture, 'model.yaml': steps('0.5, 0.5, 0.5') };
    const found = (await findingsIn(files)).find(({ rule }) => rule === 'no-golden-cases');
    expect(found?.code).toContain('from record_golden import image_case, record');
    expect(found?.code).toContain('[image_case("image", row["image"], {"y": answer["y"]}) for row, answer');
  });

  it('finds a softmax after a softmax', async () => {
    const birdsManifest = await readFile(join(birds, 'model.yaml'), 'utf8');
    const softmax = modelOf(
      graphOf({
        nodes: [nodeOf({ opType: 'Softmax', inputs: ['features'], outputs: ['logits'] })],
        inputs: [valueOf('features', FLOAT, ['batch', 4])],
        outputs: [valueOf('logits', FLOAT, ['batch', 3])],
      }),
    );
    const manifest = birdsManifest.replace(/, sha256: "[^"]+"/, '').replace(/golden: [^]*/, '');
    expect(await findingsIn({ 'model.onnx': softmax, 'model.yaml': manifest })).toContainEqual(
      expect.objectContaining({
        rule: 'softmax-twice',
        severity: 'error',
        remedy: expect.stringContaining('Take the step "softmax" out'),
      }),
    );
  });
});
