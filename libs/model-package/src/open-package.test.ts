import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { link, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describePackage } from './inspect-package.ts';
import { openPackage } from './open-package.ts';
import { openModels } from './open-repository.ts';
import { externalTensorOf, identityModel, valueOf } from './testing/build-onnx.ts';
import { problemsOf } from './testing/problems-of.ts';
import { fixtures, temporaryFolder } from './testing/temporary-folder.ts';

const classifier = await readFile(`${fixtures}logistic-float-input.onnx`);
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const manifest = `
name: birds
version: 1.2.0
model: { file: model.onnx, sha256: "${sha256(classifier)}" }
requires: { preprocessing: ^0.1.0 }
signature:
  input:
    length: { type: number, min: 0 }
    width: { type: number }
    height: { type: number }
    mass: { type: number }
  output:
    label: { type: category, values: [crow, finch, owl] }
    probabilities: { type: scores, of: label }
before:
  - { step: pack-columns, fields: [length, width, height, mass], as: float_input }
after:
  - { step: classify, label: output_label, from: output_probability, labels: [crow, finch, owl] }
`;
const files = { 'model.yaml': manifest, 'model.onnx': classifier };

async function problemsWith(changed: Readonly<Record<string, Uint8Array | string>>, options = {}): Promise<string[]> {
  await using folder = await temporaryFolder({ ...files, ...changed });
  return await problemsOf(openPackage(folder.path, options));
}

describe('openPackage', () => {
  it('lays the manifest over the graph', async () => {
    await using folder = await temporaryFolder({ ...files, 'README.md': '# Birds\n' });
    const birds = await openPackage(folder.path);
    expect(birds).toMatchObject({ name: 'birds', version: '1.2.0', card: '# Birds\n', batchable: true });
    expect(birds.signature.input['length']).toEqual({ type: 'number', min: 0 });
    expect(birds.rewrittenModel).toBeInstanceOf(Uint8Array);
  });

  it('has the digest that coreutils print', async () => {
    await using folder = await temporaryFolder({ ...files, 'golden/Zé.txt': 'é', 'golden.txt': 'x', B: '' });
    const command = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum";
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: folder.path });
    expect((await openPackage(folder.path)).digest).toBe(`sha256:${stdout.split(' ')[0]!}`);
  });

  it('takes what a manifest leaves out from the graph', async () => {
    await using folder = await temporaryFolder({
      'model.yaml': 'model: { file: model.onnx }',
      'model.onnx': classifier,
    });
    const opened = await openPackage(folder.path, { name: 'birds' });
    expect(Object.keys(opened.signature.output)).toEqual(['label', 'probabilities']);
    expect(opened.after).toMatchObject([{ step: 'classify' }]);
  });

  describe('a classifier that may answer no class', () => {
    const step = 'labels: [crow, finch, owl], minScore: 0.6, otherwise: unknown';
    const deciding = manifest.replace('labels: [crow, finch, owl]', step);
    const declared = deciding
      .replace('values: [crow, finch, owl]', 'values: [crow, finch, owl, unknown]')
      .replace('of: label }', 'of: label, labels: [crow, finch, owl] }');

    it('declares the answer without a score', async () => {
      expect(await problemsWith({ 'model.yaml': declared })).toEqual([]);
    });

    it('takes labels that are no text, whose scores are keyed by text', async () => {
      const numbers = manifest.replace('labels: [crow, finch, owl]', 'classes: [crow, finch, owl], labels: [1, 2, 3]');
      expect(
        await problemsWith({ 'model.yaml': numbers.replace('values: [crow, finch, owl]', 'values: [1, 2, 3]') }),
      ).toEqual([]);
    });

    it('is refused where its signature does not say so', async () => {
      expect(await problemsWith({ 'model.yaml': deciding })).toEqual([
        'model.yaml /signature/output/label/values: The values are not the labels of step "classify" ("crow", "finch", "owl", "unknown").',
        'model.yaml /signature/output/probabilities/labels: Expected the labels of step "classify" ("crow", "finch", "owl"), got nothing: its "otherwise" has no score.',
      ]);
    });

    it('is refused where its rule cannot be followed, with all problems', async () => {
      const wrong = declared.replace('minScore: 0.6', 'minScore: 1.6, thresholds: { crwo: 0.3 }');
      expect(await problemsWith({ 'model.yaml': wrong })).toEqual([
        'model.yaml /after/0/minScore: Expected at most 1, got 1.6.',
        'model.yaml /after/0/thresholds/crwo: Expected one of the labels "crow", "finch", "owl" (did you mean "crow"?); got 0.3.',
      ]);
    });
  });

  it('refuses another digest than the manifest lists', async () => {
    const [problem] = await problemsWith({ 'model.yaml': manifest.replace(/sha256: "..../, 'sha256: "0000') });
    expect(problem).toMatch(/^model\.onnx: "model\.onnx": sha256 expected 0000.+, got .+\. The file was not loaded\.$/);
    expect(await problemsWith({ 'model.yaml': `${manifest}files: { labels.txt: "${sha256('a')}" }` })).toEqual([
      'labels.txt: "labels.txt" is listed with a digest but missing.',
    ]);
  });

  it('refuses components of other versions than it requires', async () => {
    expect(await problemsWith({}, { componentVersions: { preprocessing: '0.1.7' } })).toEqual([]);
    expect(await problemsWith({}, { componentVersions: { preprocessing: '0.2.0' } })).toEqual([
      'model.yaml /requires/preprocessing: The model requires preprocessing ^0.1.0, this server has 0.2.0. Upgrade the server or use a version of the model made for 0.2.0.',
    ]);
  });

  it('refuses what the graph contradicts, all at once', async () => {
    const wrong = manifest
      .replace('as: float_input', 'as: floats')
      .replaceAll('[crow, finch, owl]', '[crow, finch]')
      .replace('from: output_probability', 'from: output_probabilty');
    expect(await problemsWith({ 'model.yaml': wrong })).toEqual([
      expect.stringContaining('Nothing gives session input "float_input" of "model.onnx" a value'),
      'model.yaml /after/0/from: There is no output "output_probabilty" (did you mean "output_probability"?); there are "output_label", "output_probability".',
    ]);
    expect(await problemsWith({ 'model.yaml': manifest.replaceAll('[crow, finch, owl]', '[crow, finch]') })).toEqual([
      'model.yaml /after/0/labels: Step "classify" has 2 labels, output "output_probability" has 3 values.',
    ]);
    const types =
      'model: { file: model.onnx }\nsignature: { input: { float_input: { type: text } }, output: { label: { type: category, values: [a] } } }';
    expect(await problemsWith({ 'model.yaml': types })).toEqual([
      expect.stringContaining(
        '/signature/input/float_input: The manifest says text, "float_input" of "model.onnx" is float32 [?, 4].',
      ),
      expect.stringContaining('/signature/output/label/values: The values are not the labels'),
    ]);
  });

  it('refuses to pack other columns than the session input has, and fields that are none', async () => {
    const fields = 'fields: [length, width, height, mass]';
    expect(await problemsWith({ 'model.yaml': manifest.replace(fields, 'fields: [length, height, mass]') })).toEqual([
      expect.stringContaining('/signature/input/width: Neither "model.onnx" nor a step in "before" takes "width"'),
      'model.yaml /before/0/fields: Step "pack-columns" packs 3 columns, input "float_input" of "model.onnx" has 4. Name every column once, in the order of the training data.',
    ]);
    expect(
      await problemsWith({ 'model.yaml': manifest.replace(fields, 'fields: [length, widht, height, mass]') }),
    ).toEqual([
      expect.stringContaining('/signature/input/width: Neither'),
      'model.yaml /before/0/fields: There is no field "widht" (did you mean "width"?); the fields are "length", "width", "height", "mass".',
    ]);
  });

  it('refuses scores of what is no category', async () => {
    expect(await problemsWith({ 'model.yaml': manifest.replace('of: label', 'of: lable') })).toEqual([
      'model.yaml /signature/output/probabilities/of: Expected the name of an output of type category, got "lable" (did you mean "label"?); there are "label".',
    ]);
  });

  it('tells the manifest and the model that were meant, each once', async () => {
    expect(await problemsWith({ 'model.yaml': manifest.replace('file: model.onnx', 'file: Model.onx') })).toEqual([
      'model.yaml /model/file: "Model.onx" is missing, did you mean "model.onnx"?',
    ]);
    await using misnamed = await temporaryFolder({ 'model.yml': manifest, 'model.onnx': classifier });
    expect(await problemsOf(openPackage(misnamed.path, { name: 'birds' }))).toEqual([
      expect.stringContaining('has "model.yml", which is not read: a manifest is named "model.yaml". Rename it.'),
    ]);
    await using linked = await temporaryFolder({
      'model.yaml': 'model: { file: alias.onnx }',
      'other.onnx': classifier,
    });
    await symlink('other.onnx', join(linked.path, 'alias.onnx'));
    expect(await problemsOf(openPackage(linked.path, { name: 'birds' }))).toEqual([
      'alias.onnx: "alias.onnx" is a symbolic link. Put the file itself there.',
    ]);
  });

  it('refuses links, libraries and unlisted external data', async () => {
    await using folder = await temporaryFolder({ ...files, 'evil.node': 'x', 'elsewhere.bin': 'x' });
    await symlink('model.onnx', join(folder.path, 'alias.onnx'));
    await link(join(folder.path, 'elsewhere.bin'), join(folder.path, 'linked.bin'));
    const problems = await problemsOf(openPackage(folder.path));
    expect(problems).toContain('alias.onnx: "alias.onnx" is a symbolic link. Put the file itself there.');
    expect(problems).toContain('evil.node: "evil.node" is a native library; a package holds no code.');
    expect(problems).toContain('linked.bin: "linked.bin" is a hard link: it has another name elsewhere. Copy it.');
    const external = { 'model.onnx': identityModel({ initializers: [externalTensorOf('w', 'w.bin')] }), 'w.bin': 'x' };
    expect(await problemsWith({ ...external, 'model.yaml': 'model: { file: model.onnx }' })).toEqual([
      'w.bin: External data "w.bin" of "model.onnx" is not listed with a digest. Add it to "files" in model.yaml.',
    ]);
  });

  it('refuses external data behind a linked folder', async () => {
    await using folder = await temporaryFolder({
      'm.onnx': identityModel({ initializers: [externalTensorOf('w', 'sub/w.bin')] }),
    });
    await using elsewhere = await temporaryFolder({ 'w.bin': 'secret' });
    await symlink(elsewhere.path, join(folder.path, 'sub'));
    expect((await problemsOf(openPackage(folder.path)))[0]).toContain('lies behind a symbolic link');
  });

  it('in strict mode wants every file listed', async () => {
    expect(await problemsWith({ 'notes.txt': 'x' }, { strict: true })).toEqual([
      'notes.txt: "notes.txt" is not listed with a digest. Add it to "files" in model.yaml.',
    ]);
    const unsealed = manifest.replace(/, sha256: "[^"]+"/, '');
    expect(await problemsWith({ 'model.yaml': unsealed }, { strict: true })).toEqual([
      'model.onnx: "model.onnx" is not listed with a digest. Add it as "model.sha256" in model.yaml.',
    ]);
  });

  it('says what a folder lacks', async () => {
    await using folder = await temporaryFolder({
      'birds/model.pkl': 'x',
      'two/a.onnx': classifier,
      'two/b.onnx': classifier,
    });
    expect((await problemsOf(openPackage(join(folder.path, 'birds'))))[0]).toContain(
      'has "model.pkl" but no ONNX file',
    );
    expect((await problemsOf(openPackage(join(folder.path, 'two'))))[0]).toContain('name one of a.onnx, b.onnx');
    const nothing = join(folder.path, 'nothing');
    expect(await problemsOf(openPackage(nothing))).toEqual([
      `nothing: There is nothing at "${nothing}". Name a package folder or an .onnx file.`,
    ]);
    expect(await problemsOf(openPackage('nothing.onnx'))).toEqual([
      'nothing.onnx: There is no such file or folder. Name a package folder or an .onnx file.',
    ]);
  });
});

describe('openModels', () => {
  it('finds packages by name and version, and bare files', async () => {
    await using folder = await temporaryFolder({
      'repository/birds/1/model.yaml': 'model: { file: model.onnx }',
      'repository/birds/1/model.onnx': classifier,
      'repository/birds/2/model.onnx': classifier,
      'repository/iris/model.onnx': classifier,
      'churn.onnx': classifier,
    });
    const models = await openModels([join(folder.path, 'repository'), join(folder.path, 'churn.onnx')]);
    expect(models.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'birds@1',
      'birds@2',
      'iris@1',
      'churn@1',
    ]);
  });

  it('says once which bare file has a problem, and where in it', async () => {
    const unshaped = identityModel({ inputs: [valueOf('x', 16, ['batch', 2])] });
    await using folder = await temporaryFolder({ 'half.onnx': unshaped });
    expect(await problemsOf(openModels([join(folder.path, 'half.onnx')]))).toEqual([
      'half.onnx input "x": Input "x" is BF16, which this runtime cannot bind. Re-export as FP32 or FP16.',
    ]);
  });

  it('tells the problems of all packages, and collisions', async () => {
    await using folder = await temporaryFolder({
      'a/m.onnx': 'text',
      'b/m.onnx': '<html>',
      'Iris.onnx': classifier,
      'sub/iris.onnx': classifier,
    });
    const problems = await problemsOf(openModels([join(folder.path, 'Iris.onnx'), join(folder.path, 'sub/iris.onnx')]));
    expect(problems).toEqual(['Iris: Model name "iris" collides with "Iris".']);
    await mkdir(join(folder.path, 'empty'));
    const broken = await problemsOf(openModels([join(folder.path, 'a'), join(folder.path, 'b')]));
    expect(broken).toEqual([expect.stringMatching(/^a: .*text file/), expect.stringMatching(/^b: .*HTML page/)]);
  });

  it('refuses integer beside semantic versions and reserved ones', async () => {
    const one = { 'm/1/model.onnx': classifier };
    await using mixed = await temporaryFolder({ ...one, 'm/1.0.0/model.onnx': classifier });
    expect((await problemsOf(openModels([mixed.path])))[0]).toContain('has integer and semantic versions (1, 1.0.0)');
    await using reserved = await temporaryFolder({ 'm/latest/model.onnx': classifier });
    expect((await problemsOf(openModels([reserved.path])))[0]).toContain(
      'Version "latest" is reserved; name a released version.',
    );
  });
});

describe('describePackage', () => {
  it('prints every fact with its source, and guesses as assumptions', async () => {
    const text = describePackage(await openPackage(`${fixtures}torch-data.onnx`, { labels: ['a', 'b', 'c'] }));
    expect(text).toContain('<- torch-data.onnx graph input "features"');
    expect(text).toMatch(/Assumptions \(confirm them[^]+softmax of output "logits"/);
  });
});
