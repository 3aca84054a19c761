import { writeFile } from 'node:fs/promises';
import { manifestJsonSchema } from './manifest/manifest-json-schema.ts';
import { overridesJsonSchema } from './overrides/overrides-json-schema.ts';

// Writes model.schema.json and overrides.schema.json: npm exec -- node --conditions=@web-single/source libs/model-package/src/write-schema.ts
async function write(file: string, schema: Record<string, unknown>): Promise<void> {
  await writeFile(new URL(`../${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}

await write('model.schema.json', manifestJsonSchema());
await write('overrides.schema.json', overridesJsonSchema());
