import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { stepRegistry } from './step-registry.ts';
import { stepSpecSchema } from './step-spec-schema.ts';
import { stepExamples } from './testing/step-examples.ts';

describe('stepSpecSchema', () => {
  it.each(stepExamples)('accepts $spec.step', ({ spec }) => {
    expect(stepSpecSchema.parse(spec)).toMatchObject(spec);
  });

  it('offers the nearest name for an unknown step', () => {
    const { error } = stepSpecSchema.safeParse({ step: 'resize-imgae', field: 'image' });

    expect(error?.issues).toHaveLength(1);
    expect(error?.issues[0]?.message).toContain('Did you mean "resize-image"?');
  });

  it.each([
    ['a parameter it does not know', { step: 'light-on-dark', field: 'image', colour: 1 }],
    ['two sizes', { step: 'resize-image', field: 'i', fit: 'exact', size: 1, width: 1, height: 1, filter: 'box' }],
    ['no size', { step: 'resize-image', field: 'i', fit: 'longest', filter: 'box' }],
    ['a deviation of 0', { step: 'image-to-tensor', field: 'i', mean: [0], std: [0], layout: 'CHW' }],
    ['one mean for two deviations', { step: 'image-to-tensor', field: 'i', mean: [0], std: [1, 1, 1], layout: 'CHW' }],
    ['a label twice', { step: 'classify', from: 'x', labels: ['a', 'a'] }],
    ['labels that are one key', { step: 'classify', from: 'x', labels: [1, '1'] }],
    ['two fields of one new name', { step: 'rename-fields', fields: { a: 'c', b: 'c' } }],
    ['no entry', 'light-on-dark'],
    ['no step', { field: 'image' }],
  ])('refuses %s', (_, entry) => {
    expect(stepSpecSchema.safeParse(entry).success).toBe(false);
  });

  it('prints as JSON Schema, one described option per step', () => {
    const schema = z.toJSONSchema(stepSpecSchema, { io: 'input' });

    const options = (schema.oneOf ?? schema.anyOf) as { description?: string; additionalProperties?: boolean }[];
    expect(options).toHaveLength(stepRegistry.size);
    for (const { description, additionalProperties } of options) {
      expect(description).toBeTruthy();
      expect(additionalProperties).toBe(false);
    }
  });
});
