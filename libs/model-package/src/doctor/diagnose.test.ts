import { createHash } from 'node:crypto';
import { readFile, truncate } from 'node:fs/promises';
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
import { findingsIn, identityOf, nodeModel, torch, type Files } from '../testing/findings-in.ts';
import { diagnose } from './diagnose.ts';

const BFLOAT16 = 16;
const models = fileURLToPath(new URL('../../../../models/', import.meta.url));
const birds = fileURLToPath(new URL('../../../../examples/birds/', import.meta.url));

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
