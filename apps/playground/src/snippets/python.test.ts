import { describe, expect, it } from 'vitest';
import { description, image, number, snippet, text } from './testing/called-models.ts';

const tensor = (datatype: string, ...dims: readonly number[]) => ({
  type: 'tensor',
  tensor: { datatype, shape: [-1, ...dims] },
});

function lines(call: Parameters<typeof snippet>[1]): readonly string[] {
  return snippet('python', call)!.code.split('\n');
}

describe('pythonSnippet', () => {
  it('is a call of Triton’s client, without a block that a prompt would stop at', () => {
    const model = description(
      { note: text, weight: number, sex: text },
      {
        label: { type: 'category', values: ['a', 'b'] },
        scores: { type: 'scores', of: 'label', tensor: { datatype: 'FP64', shape: [-1, 2] } },
        mass: { type: 'number', tensor: { datatype: 'FP64', shape: [-1] } },
        words: { type: 'tensor' },
        vector: tensor('FP32', 3),
      },
    );
    const { code, note } = snippet('python', { description: model, row: { note: "it's", weight: 50.6, sex: null } })!;
    expect(code).toBe(`import json
import numpy as np
import tritonclient.http as triton

client = triton.InferenceServerClient("127.0.0.1:3000")
inputs = [
  triton.InferInput("note", [1], "BYTES").set_data_from_numpy(np.array(["it's"], "object")),
  triton.InferInput("weight", [1], "FP64").set_data_from_numpy(np.array([50.6], "float64")),
]
result = client.infer("birds", inputs, parameters={"level": "row"})
prediction = {
  "label": result.as_numpy("label")[0].decode(),
  "scores": dict(zip(["a", "b"], result.as_numpy("scores")[0].tolist())),
  "mass": result.as_numpy("mass")[0].item(),
  "words": np.vectorize(bytes.decode, otypes=[object])(result.as_numpy("words")[0]).tolist(),
  "vector": result.as_numpy("vector")[0].tolist(),
}
print(json.dumps(prediction, indent=2, ensure_ascii=False))`);
    expect(note).toContain('pip install "tritonclient[http]"');
  });

  it.each([
    ['BOOL', [[true], [false]], 'np.array([[[True], [False]]], "bool")'],
    ['INT64', [[2 ** 60], [-5n]], 'np.array([[[1152921504606846976], [-5]]], "int64")'],
    ['FP16', [[-0], [NaN]], 'np.array([[[-0.0], [np.nan]]], "float16")'],
    ['BYTES', [['a'], ['"\n']], String.raw`np.array([[["a"], ["\"\n"]]], "object")`],
  ])('writes %s as numpy has it', (datatype, values, expression) => {
    const model = description({ values: tensor(datatype, 2, 1) });
    expect(lines({ description: model, row: { values } })).toContain(
      `  triton.InferInput("values", [1, 2, 1], "${datatype}").set_data_from_numpy(${expression}),`,
    );
  });

  it('gives an empty tensor the sizes that nothing in it could tell', () => {
    const model = description({ values: tensor('FP32', -1, 3) });
    expect(lines({ description: model, row: { values: [] } })).toContain(
      '  triton.InferInput("values", [1, 0, 3], "FP32").set_data_from_numpy(np.zeros([1, 0, 3], "float32")),',
    );
  });

  it('sends categories of several types as text', () => {
    const model = description({ grade: { type: 'category', values: [1, 'two', true] } });
    expect(lines({ description: model, row: { grade: true } })[6]).toContain('np.array(["true"], "object")');
  });

  it('reads pictures from their files, and decodes small ones', () => {
    const files = { left: { fileName: 'a "b".png', mediaType: 'image/png' } };
    const model = description({ left: image, right: image });
    const code = lines({ description: model, files, row: { right: { base64: 'AAE=' } } });
    expect(code[0]).toBe('import base64');
    expect(code[7]).toContain(String.raw`np.array([open("a \"b\".png", "rb").read()], "object")`);
    expect(code[8]).toContain('np.array([base64.b64decode("AAE=")], "object")');
  });

  it('names the version that is not the active one, and a server behind TLS and a path', () => {
    const other = { ...description({ note: text }), version: '1' };
    const code = lines({ description: other, row: { note: '' }, baseUrl: 'https://models.example/a/' });
    expect(code[4]).toBe('client = triton.InferenceServerClient("models.example/a", ssl=True)');
    expect(code).toContain('result = client.infer("birds", inputs, model_version="1", parameters={"level": "row"})');
  });

  it('names scores by their own labels where these are not all of the field', () => {
    const label = { type: 'category', values: ['a', 'b', 'unknown'] };
    const scores = { type: 'scores', of: 'label', labels: ['a', 'b'] };
    const code = lines({ description: description({ note: text }, { label, scores }), row: { note: '' } });
    expect(code).toContain('  "scores": dict(zip(["a", "b"], result.as_numpy("scores")[0].tolist())),');
  });

  it('lists scores of many labels without them', () => {
    const values = Array.from({ length: 41 }, (_, index) => `label ${index}`);
    const label = { type: 'category', values };
    const scores = { type: 'scores', of: 'label', tensor: { datatype: 'FP64', shape: [-1, 41] } };
    const code = lines({ description: description({ note: text }, { label, scores }), row: { note: '' } });
    expect(code.join('\n')).toContain('"scores": result.as_numpy("scores")[0].tolist()');
  });
});
