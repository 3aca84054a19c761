import { describe, expect, it } from 'vitest';
import { encodeBytes } from '../onnx/wire-write.ts';
import { FLOAT, graphOf, modelOf, nodeOf, valueOf } from '../testing/build-onnx.ts';
import { findingsIn, identityOf, nodeModel } from '../testing/findings-in.ts';

describe('goldenFindings', () => {
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
});
