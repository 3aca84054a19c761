import { z } from 'zod';
import { manifestSchema } from './manifest-schema.ts';

/** JSON Schema (draft 7, what YAML editors read) of `model.yaml`. */
export function manifestJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(manifestSchema, { target: 'draft-7', io: 'input' });
  return { ...schema, title: 'web-single model package', description: 'The manifest of a model package: model.yaml.' };
}
