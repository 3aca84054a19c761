import { describe, expect, it } from 'vitest';
import type { Dim } from '@web-single/tensor';
import { modelConfig } from './describe-config.ts';
import { OIP_EXTENSIONS } from './extensions.ts';
import { modelMetadata } from './model-metadata.ts';
import { modelOf, modelWithFields, penguins } from './testing/oip-models.ts';

const rowLevelInputs = [
  { name: 'island', datatype: 'BYTES', shape: [-1] },
  { name: 'bill_length_mm', datatype: 'FP64', shape: [-1], optional: true },
  { name: 'year', datatype: 'INT64', shape: [-1], optional: true },
  { name: 'tagged', datatype: 'BOOL', shape: [-1], optional: true },
];

describe('modelMetadata', () => {
  it('shows the session, and says what the row level is', () => {
    const { properties, ...metadata } = modelMetadata(penguins);

    expect(metadata).toEqual({
      name: 'penguins',
      versions: ['1', '2'],
      platform: 'onnxruntime_onnx',
      inputs: [{ name: 'features', datatype: 'FP32', shape: [-1, 4] }],
      outputs: [{ name: 'logits', datatype: 'FP32', shape: [-1, 3] }],
    });
    expect(properties).toMatchObject({ level: 'tensor', level_choice: expect.stringContaining('"level"') });
    expect(JSON.parse(properties['row_level_inputs']!)).toEqual(rowLevelInputs);
    expect(JSON.parse(properties['row_level_outputs']!)).toEqual([
      { name: 'label', datatype: 'BYTES', shape: [-1] },
      { name: 'probabilities', datatype: 'FP64', shape: [-1, 3] },
    ]);
  });

  it('shows −1 for every dim that varies', () => {
    const model = modelOf([{ name: 'x', dtype: 'string', dims: ['n', null, '', 3] }]);

    expect(modelMetadata(model).inputs).toEqual([{ name: 'x', datatype: 'BYTES', shape: [-1, -1, -1, 3] }]);
  });

  it('gives every kind of field a datatype', () => {
    const model = modelWithFields({
      input: {
        file: { type: 'image' },
        text: { type: 'text' },
        digits: { type: 'category', values: [0, 1] },
        rates: { type: 'category', values: [0.5, 1] },
        flags: { type: 'category', values: [true, false] },
        mixed: { type: 'category', values: ['a', 1] },
        small: { type: 'number', dtype: 'float16' },
        pixels: { type: 'tensor', dtype: 'uint8', dims: ['height', null, 3] },
      },
      output: { scores: { type: 'scores', of: 'other' } },
    });

    expect([...model.rowInputs.values()].map(({ datatype, shape }) => `${datatype} ${shape.join()}`)).toEqual([
      'BYTES -1',
      'BYTES -1',
      'INT64 -1',
      'FP64 -1',
      'BOOL -1',
      'BYTES -1',
      'FP16 -1',
      'UINT8 -1,-1,-1,3',
    ]);
    expect(model.rowOutputs.get('scores')?.shape).toEqual([-1, -1]);
  });
});

describe('modelConfig', () => {
  it('leaves the batch out of the dims of a model that has one', () => {
    expect(modelConfig(penguins)).toMatchObject({
      name: 'penguins',
      platform: 'onnxruntime_onnx',
      backend: 'onnxruntime',
      max_batch_size: 64,
      input: [{ name: 'features', data_type: 'TYPE_FP32', dims: [4] }],
      output: [{ name: 'logits', data_type: 'TYPE_FP32', dims: [3] }],
      instance_group: [{ name: 'penguins_0', count: 2, kind: 'KIND_CPU' }],
      default_model_filename: 'model.onnx',
      dynamic_batching: { max_queue_delay_microseconds: 1500 },
      parameters: {
        level: { string_value: 'tensor' },
        row_level_inputs: { string_value: JSON.stringify(rowLevelInputs) },
      },
    });
  });

  it.each<[string, readonly Dim[], boolean]>([
    ['has no batch', ['n', 2], false],
    ['gives an output without the batch', [2], true],
    ['gives a scalar', [], true],
  ])('shows whole shapes where the model %s', (_, dims, batchable) => {
    const model = modelOf([{ name: 'x', dtype: 'string', dims: ['n', 4] }], [{ name: 'y', dtype: 'bool', dims }], {
      batchable,
    });

    expect(modelConfig(model)).toMatchObject({
      max_batch_size: 0,
      input: [{ data_type: 'TYPE_STRING', dims: [-1, 4] }],
    });
    expect(modelConfig(model)).not.toHaveProperty('dynamic_batching');
  });

  it('agrees with the metadata about names, datatypes and shapes', () => {
    const { max_batch_size: batch, input, output } = modelConfig(penguins);
    const { inputs, outputs } = modelMetadata(penguins);
    const asMetadata = [...input, ...output].map(({ name, data_type, dims }) => ({
      name,
      datatype: data_type.replace('TYPE_', ''),
      shape: batch > 0 ? [-1, ...dims] : dims,
    }));

    expect(asMetadata).toEqual([...inputs, ...outputs]);
  });
});

it('lists the repository among the extensions only where it is managed', () => {
  expect(OIP_EXTENSIONS.admin.filter((name) => !OIP_EXTENSIONS.data.includes(name))).toEqual(['model_repository']);
  expect(OIP_EXTENSIONS.admin).toEqual(expect.arrayContaining([...OIP_EXTENSIONS.data]));
});
