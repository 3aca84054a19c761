import { z } from 'zod';
import { overridesSchema } from './overrides-schema.ts';

/** JSON Schema (draft 7, what YAML editors read) of `overrides.yaml`. */
export function overridesJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(overridesSchema, { target: 'draft-7', io: 'input' });
  return {
    ...schema,
    title: 'web-single overrides',
    description: 'Thresholds and labels of a deployment: overrides.yaml.',
  };
}
