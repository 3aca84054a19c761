import { writeFile } from 'node:fs/promises';
import { manifestJsonSchema } from './manifest/manifest-json-schema.ts';

// Writes model.schema.json: npm exec -- node --conditions=@web-single/source libs/model-package/src/write-schema.ts
const file = new URL('../model.schema.json', import.meta.url);
await writeFile(file, `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
