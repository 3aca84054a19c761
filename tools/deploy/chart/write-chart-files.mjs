/**
 * Writes what is generated of the chart: values.schema.json, overrides.schema.json, and the table of values in its README.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { kubernetesDefinitions } from '../tools/validate.mjs';
import { chartFolder } from './chart-folder.mjs';
import { settingsOfServer } from './settings-of-server.mjs';
import { valueComments } from './value-comments.mjs';
import { KUBERNETES_VALUES, valuesSchema } from './values-schema.mjs';
import { narrowedDefinitions } from './narrowed-definitions.mjs';
import { overridesSchema } from './overrides-schema.mjs';
import { valuesTable } from './values-table.mjs';

const KUBERNETES_VERSION = '1.37';
const START = '<!-- values -->';
const END = '<!-- /values -->';

/** The generated files as they should be, by absolute path. */
export function chartFiles() {
  const valuesText = readFileSync(join(chartFolder, 'values.yaml'), 'utf8');
  const comments = valueComments(valuesText);
  const schema = valuesSchema({
    settings: settingsOfServer(),
    definitions: narrowedDefinitions(kubernetesDefinitions(KUBERNETES_VERSION, KUBERNETES_VALUES)),
  });
  describe(schema, '', comments);
  const readme = readFileSync(join(chartFolder, 'README.md'), 'utf8');
  const [before, rest = ''] = readme.split(START);
  const after = rest.split(END)[1] ?? '';
  const table = valuesTable(parse(valuesText), schema, comments);
  return new Map([
    [join(chartFolder, 'values.schema.json'), `${inLines(schema)}\n`],
    [join(chartFolder, 'overrides.schema.json'), `${JSON.stringify(overridesSchema())}\n`],
    [join(chartFolder, 'README.md'), `${before}${START}\n${table}\n${END}${after}`],
  ]);
}

/** Paths of the generated files that differ from what is committed. */
export const staleChartFiles = () =>
  [...chartFiles()].filter(([path, text]) => readFileSync(path, 'utf8') !== text).map(([path]) => path);

/** One line for each value and each definition, so that a change shows where it is. */
function inLines({ properties, $defs, ...rest }) {
  const lines = (map) =>
    Object.entries(map)
      .map(([name, part]) => `    ${JSON.stringify(name)}: ${JSON.stringify(part)}`)
      .join(',\n');
  const head = Object.entries(rest).map(([name, part]) => `  ${JSON.stringify(name)}: ${JSON.stringify(part)},\n`);
  return `{\n${head.join('')}  "properties": {\n${lines(properties)}\n  },\n  "$defs": {\n${lines($defs)}\n  }\n}`;
}

/** Puts the comments of values.yaml into the schema, for editors. */
function describe(schema, path, comments) {
  if (comments.has(path)) schema.description = comments.get(path);
  for (const [name, part] of Object.entries(schema.properties ?? {}))
    if (part.$ref === undefined && schema.type === 'object') {
      schema.properties[name] = { ...part };
      describe(schema.properties[name], path === '' ? name : `${path}.${name}`, comments);
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of chartFiles()) writeFileSync(path, text);
