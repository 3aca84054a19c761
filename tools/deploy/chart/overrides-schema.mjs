import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

/** The words of JSON Schema that the chart's template "web-single.schemaProblems" reads. */
const READ = ['type', 'properties', 'additionalProperties', 'required', 'minimum', 'maximum'];
/** What needs no reading: every key of YAML is text once it is read. */
const SILENT = ['$schema', 'title', 'description', 'propertyNames'];

/** What an overrides file may hold, in the words that the chart can read. Throws on any other. */
export function overridesSchema() {
  return readable(JSON.parse(readFileSync(join(root, 'libs/model-package/overrides.schema.json'), 'utf8')));
}

/** `false`, the only schema that is no object, allows nothing. */
function readable(schema) {
  if (schema === false) return false;
  const unread = Object.keys(schema).filter((word) => !READ.includes(word) && !SILENT.includes(word));
  if (unread.length > 0) throw new Error(`overrides.schema.json: the chart's _overrides.tpl cannot read ${unread}.`);
  const own = Object.entries(schema).filter(([word]) => READ.includes(word));
  return Object.fromEntries(own.map(([word, part]) => [word, readablePart(word, part)]));
}

function readablePart(word, part) {
  if (word === 'additionalProperties') return readable(part);
  if (word !== 'properties') return part;
  return Object.fromEntries(Object.entries(part).map(([name, schema]) => [name, readable(schema)]));
}
