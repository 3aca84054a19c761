import { copyFile, link } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPackage } from './open-package.ts';
import {
  externalTensorOf,
  FLOAT,
  graphOf,
  identityModel,
  mapValueOf,
  modelOf,
  nodeOf,
  valueOf,
} from './testing/build-onnx.ts';
import { problemsOf } from './testing/problems-of.ts';
import { fixtures, temporaryFolder } from './testing/temporary-folder.ts';

const open = (name: string, options = {}) => openPackage(`${fixtures}${name}.onnx`, options);

/** A graph that only makes a value: [2]. */
const constantModel = (): Uint8Array =>
  modelOf(graphOf({ nodes: [nodeOf({ opType: 'Constant', outputs: ['y'] })], outputs: [valueOf('y', FLOAT, [2])] }));

/** Problems of opening a folder with just these bytes as `m.onnx`. */
async function problemsOfBytes(bytes: Uint8Array | string, name = 'm.onnx'): Promise<string[]> {
  await using folder = await temporaryFolder({ [name]: bytes });
  return await problemsOf(openPackage(join(folder.path, name)));
}

describe('a bare classifier', () => {
  const string3 = ['crow', 'finch', 'owl'];
  it.each([
    ['logistic-binary-int', [0, 1], 'probabilities'],
    ['logistic-binary-string', ['crow', 'finch'], 'probabilities'],
    ['logistic-multi-int', [0, 1, 2], 'probabilities'],
    ['logistic-multi-string', string3, 'probabilities'],
    ['logistic-no-zipmap', string3, 'probabilities'],
    ['forest-string', string3, 'probabilities'],
    ['forest-binary-int', [0, 1], 'probabilities'],
    ['boosting-int', [0, 1, 2], 'probabilities'],
    ['boosting-binary-string', ['crow', 'finch'], 'probabilities'],
    ['boosting-double', string3, 'probabilities'],
    ['svc-probability', string3, 'probabilities'],
    ['svc-margins-multi', string3, 'scores'],
    ['linear-svc-multi', string3, 'scores'],
    ['mlp-string', string3, 'probabilities'],
    ['mlp-binary-int', [0, 1], 'probabilities'],
    ['knn-string', string3, 'probabilities'],
    ['knn-int', [0, 1, 2], 'probabilities'],
    ['frame-double', string3, 'probabilities'],
    ['tfidf', ['cat', 'dog'], 'probabilities'],
    ['xgboost', [0, 1, 2], 'probabilities'],
    ['lightgbm', [0, 1, 2], 'probabilities'],
  ])('%s answers a label in its own type and a number per label', async (name, values, scores) => {
    const { signature, after, facts } = await open(name);
    expect(signature.output).toEqual({
      label: { type: 'category', values },
      [scores]: { type: 'scores', of: 'label' },
    });
    expect(after).toMatchObject([{ step: 'classify', labels: values }]);
    expect(facts.filter(({ confidence }) => confidence === 'assumed')).toEqual([]);
  });

  it('calls the one margin of a binary LinearSVC and the two of an SVC what they are', async () => {
    const label = { type: 'category', values: [0, 1] };
    expect((await open('linear-svc-binary')).signature.output).toEqual({
      label,
      margin: { type: 'number', dtype: 'float32' },
    });
    expect((await open('svc-margins-binary')).signature.output).toEqual({
      label,
      margin: { type: 'tensor', dtype: 'float32', dims: [2] },
    });
  });

  it('with several labels per row answers its outputs by their own names', async () => {
    const flags = { type: 'tensor', dtype: 'int64', dims: [3] };
    const scores = { type: 'tensor', dtype: 'float32', dims: [3] };
    expect((await open('multilabel-mlp')).signature.output).toEqual({
      output_label: flags,
      output_probability: scores,
    });
    expect((await open('multilabel-one-vs-rest')).signature.output).toEqual({
      output_label: flags,
      output_probability: scores,
    });
    const several = await open('forest-multi-output');
    expect(several.sessionOutputs[1]).toEqual({
      name: 'output_probability',
      dtype: 'float32',
      dims: [null, null, null],
    });
  });
});

describe('bare outputs', () => {
  it('are all answered, also one that is called as something that every object has', async () => {
    const nodes = [nodeOf({ opType: 'Identity', inputs: ['x'], outputs: ['constructor'] })];
    const [x, output] = ['x', 'constructor'].map((name) => valueOf(name, FLOAT, ['n', 2]));
    const model = modelOf(graphOf({ nodes, inputs: [x!], outputs: [output!] }));
    await using folder = await temporaryFolder({ 'm.onnx': model });
    const { signature } = await openPackage(join(folder.path, 'm.onnx'));
    expect(Object.entries(signature.output)).toEqual([['constructor', expect.objectContaining({ type: 'tensor' })]]);
  });
});

describe('bare inputs', () => {
  it('are a typed row for an export from columns, with the categories the encoder refuses to go beyond', async () => {
    const number = { type: 'number', dtype: 'float32' };
    const shared = {
      length: number,
      width: number,
      height: number,
      mass: number,
      count: { type: 'number', integer: true, dtype: 'int64' },
    };
    const region = { type: 'category', values: ['north', 'south'] };
    expect((await open('frame-error')).signature.input).toEqual({ ...shared, region });
    expect((await open('frame-ordinal')).signature.input).toEqual({ ...shared, region });
    const tolerant = (await open('frame-ignore')).signature;
    expect(tolerant.input['region']).toMatchObject({
      type: 'text',
      description: expect.stringContaining('north, south'),
    });
    expect(tolerant).not.toHaveProperty('bareInput');
  });

  it("are an array under the input's name for a matrix, which may also be sent bare", async () => {
    const { signature } = await open('logistic-float-input');
    expect(signature.input).toEqual({ float_input: { type: 'tensor', dtype: 'float32', dims: [4] } });
    expect(signature.bareInput).toBe('float_input');
  });

  it('are named by --columns', async () => {
    const { signature, before } = await open('logistic-float-input', { columns: ['a', 'b', 'c', 'd'] });
    expect(Object.keys(signature.input)).toEqual(['a', 'b', 'c', 'd']);
    expect(before).toEqual([{ step: 'pack-columns', fields: ['a', 'b', 'c', 'd'], as: 'float_input' }]);
    expect(await problemsOf(open('logistic-float-input', { columns: ['a', 'b', 'c'] }))).toEqual([
      'logistic-float-input.onnx: --columns names 3 columns, input "float_input" has 4.',
    ]);
  });

  it('of every dtype are a scalar or an array', async () => {
    const { signature } = await open('identity');
    expect(signature.input['uint8']).toEqual({ type: 'number', integer: true, dtype: 'uint8' });
    expect(signature.input['bool_pair']).toEqual({ type: 'tensor', dtype: 'bool', dims: [2] });
    expect(signature.input['string']).toEqual({ type: 'text' });
  });
});

describe('a bare model without inputs', () => {
  it('is served: its rows are empty', async () => {
    await using folder = await temporaryFolder({ 'm.onnx': constantModel() });

    const opened = await openPackage(join(folder.path, 'm.onnx'));

    expect(opened).toMatchObject({ sessionInputs: [], batchable: false, signature: { input: {} } });
    expect(opened.signature.output).toMatchObject({ y: { type: 'tensor', dims: [2] } });
  });
});

describe('batching of a bare model', () => {
  it('is on where the first dimension is free, off where one is baked in', async () => {
    expect((await open('torch-inline')).batchable).toBe(true);
    const one = await open('torch-batch-1');
    expect([one.batchable, one.signature.input['features']]).toEqual([
      false,
      { type: 'tensor', dtype: 'float32', dims: [4] },
    ]);
    const two = await open('torch-batch-2');
    expect([two.batchable, two.signature.input['features']]).toEqual([
      false,
      { type: 'tensor', dtype: 'float32', dims: [2, 4] },
    ]);
  });
});

describe('--labels', () => {
  it('name the scores of a model that has none, with the guesses listed', async () => {
    const { signature, after, facts } = await open('torch-inline', { labels: ['a', 'b', 'c'] });
    expect(signature.output['label']).toEqual({ type: 'category', values: ['a', 'b', 'c'] });
    expect(after.map(({ step }) => step)).toEqual(['softmax', 'classify']);
    expect(facts.filter(({ confidence }) => confidence === 'assumed').map(({ about }) => about)).toEqual([
      'label',
      'probabilities',
    ]);
  });

  it.each([
    ['logistic-multi-int', 'output_probability', 'probabilities'],
    ['boosting-int', 'output_probability', 'probabilities'],
    ['xgboost', 'probabilities', 'probabilities'],
    ['linear-svc-multi', 'probabilities', 'scores'],
  ])('rename the classes of %s, which keeps its own choice and its task', async (name, from, scores) => {
    const labels = ['red', 'green', 'blue'];
    const bare = await open(name);
    const { signature, after, facts, task } = await open(name, { labels });
    expect(signature.output).toEqual({
      label: { type: 'category', values: labels },
      [scores]: { type: 'scores', of: 'label' },
    });
    expect(after).toEqual([{ ...bare.after[0], from, labels, classes: bare.after[0]!['labels'] }]);
    expect(task).toBe(bare.task);
    expect(facts.filter(({ confidence }) => confidence === 'assumed')).toEqual([]);
  });

  it('may repeat the labels that the model has, in their order only', async () => {
    const labels = ['crow', 'finch', 'owl'];
    const { after } = await open('logistic-multi-string');
    expect((await open('logistic-multi-string', { labels })).after).toEqual(after);
    expect(await problemsOf(open('logistic-multi-string', { labels: ['owl', 'finch', 'crow'] }))).toEqual([
      '--labels: --labels names "owl" at another place than the model, whose labels are "crow", "finch", "owl". Leave --labels out, or give other names in that order.',
    ]);
  });

  it('need a score for each', async () => {
    expect(await problemsOf(open('logistic-multi-int', { labels: ['a', 'b'] }))).toEqual([
      '--labels: --labels has 2 labels, node "ZipMap" has 3: 0, 1, 2.',
    ]);
    for (const name of ['logistic-multi-int', 'torch-inline']) {
      const problems = (labels: string[]) => problemsOf(open(name, { labels }));
      expect(await problems(['a', 'b', 'a'])).toEqual(['--labels: --labels names "a" twice.']);
      expect(await problems(['a', '', 'b'])).toEqual(['--labels: --labels has an empty label.']);
    }
    for (const name of ['linear-svc-binary', 'svc-margins-binary'])
      expect(await problemsOf(open(name, { labels: ['a', 'b'] }))).toEqual([
        '--labels: --labels needs a score per label, and the model gives only its label: 0, 1.',
      ]);
  });

  it('must be as many as the output is wide', async () => {
    expect(await problemsOf(open('torch-inline', { labels: ['a', 'b'] }))).toEqual([
      '--labels: --labels has 2 labels, output "logits" has 3 values.',
    ]);
  });
});

describe('a file that is not served', () => {
  it.each([
    ['', 'it is empty'],
    [
      'version https://git-lfs.github.com/spec/v1\noid sha256:12\n',
      'it looks like a Git LFS pointer. Run "git lfs pull" and retry.',
    ],
    ['<!DOCTYPE html><html>', 'it looks like an HTML page'],
    [Uint8Array.from([0x50, 0x4b, 3, 4, 9]), 'it looks like a ZIP archive'],
    [Uint8Array.from([0x1f, 0x8b, 8, 0]), 'it looks like a gzip archive'],
    [Uint8Array.from([0x80, 4, 0x95, 1]), 'is a Python pickle and is never executed. Export it to ONNX first'],
    [new Uint8Array(100), 'it looks like a file of zeros'],
    [identityModel().subarray(0, 30), 'is not an ONNX file: it is truncated'],
  ])('is told apart: %#', async (bytes, reason) => {
    const [problem, ...more] = await problemsOfBytes(bytes);
    expect(problem).toContain(reason);
    expect(more).toEqual([]);
  });

  it('is refused by name where the runtime cannot bind a type', async () => {
    const bfloat16 = await problemsOfBytes(identityModel({ inputs: [valueOf('x', 16, ['n', 2])] }));
    expect(bfloat16).toEqual([
      'm.onnx input "x": Input "x" is BF16, which this runtime cannot bind. Re-export as FP32 or FP16.',
    ]);
    const map = await problemsOfBytes(identityModel({ outputs: [mapValueOf('y')] }));
    expect(map[0]).toContain(
      'Output "y" of "m.onnx" has type seq(map(string,tensor(float))), which the runtime cannot return. Re-export with zipmap=False.',
    );
  });

  it('is refused where it is newer than the runtime or needs a library, all at once', async () => {
    const nodes = [nodeOf({ opType: 'Foo', domain: 'com.acme' })];
    expect(
      await problemsOfBytes(
        identityModel(
          { nodes },
          {
            irVersion: 15,
            opsets: [
              ['', 29],
              ['ai.onnx.ml', 6],
            ],
          },
        ),
      ),
    ).toEqual([
      expect.stringContaining('uses IR version 15; this runtime supports up to 13'),
      expect.stringContaining(
        'uses opset 29; this runtime supports up to 26. Re-export with opset 26 or upgrade the server.',
      ),
      expect.stringContaining('uses opset of ai.onnx.ml 6; this runtime supports up to 5'),
      expect.stringContaining('Operator "com.acme.Foo" needs a custom library; custom operators are not loaded.'),
    ]);
  });

  it('is refused with two outputs of one name', async () => {
    const y = valueOf('y', FLOAT, ['n', 2]);
    expect((await problemsOfBytes(identityModel({ outputs: [y, y] })))[0]).toContain('Two outputs are named "y"');
  });
});

describe('external data of a bare model', () => {
  it.each([
    '/etc/passwd',
    '../w.bin',
    'a/../../w.bin',
    'file:///w.bin',
    'a\\w.bin',
    'w.bin\0',
    '*/_ORT_MEM_ADDR_/*',
    './w.bin',
  ])('is refused at %j', async (location) => {
    const [problem] = await problemsOfBytes(identityModel({ initializers: [externalTensorOf('w', location)] }));
    expect(problem).toContain(`External data ${JSON.stringify(location)} of "m.onnx"`);
  });

  it('is refused through a hard link', async () => {
    await using folder = await temporaryFolder({
      'm.onnx': identityModel({ initializers: [externalTensorOf('w', 'w.bin')] }),
      secret: 'x',
    });
    await link(join(folder.path, 'secret'), join(folder.path, 'w.bin'));
    expect((await problemsOf(openPackage(join(folder.path, 'm.onnx'))))[0]).toContain('is a hard link');
  });

  it('that torch wrote beside it and nobody copied is named', async () => {
    await using folder = await temporaryFolder({});
    await copyFile(`${fixtures}torch-data.onnx`, join(folder.path, 'torch-data.onnx'));
    expect((await problemsOf(openPackage(folder.path)))[0]).toContain(
      'External data "torch-data.onnx.data" of "torch-data.onnx" is missing. torch\'s exporter writes "torch-data.onnx.data" beside "torch-data.onnx": copy it too',
    );
  });

  it('that is there is hashed, and an assumption until a manifest lists it', async () => {
    const assumed = (await open('torch-data')).facts.filter(({ confidence }) => confidence === 'assumed');
    expect(assumed.map(({ about }) => about)).toEqual(['external data "torch-data.onnx.data"']);
    expect(await problemsOf(open('torch-data', { strict: true }))).toEqual([
      expect.stringContaining('is an assumption'),
    ]);
  });
});
