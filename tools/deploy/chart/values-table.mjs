/** The table of values for the chart's README: path, default, what is allowed, what it is for. Throws naming every value without a comment. */
export function valuesTable(values, schema, comments) {
  const rows = leaves(values, schema, '').map(({ path, value, allowed }) => ({
    path,
    value,
    allowed,
    comment: comments.get(path),
  }));
  const silent = rows.filter(({ comment }) => comment === undefined).map(({ path }) => path);
  if (silent.length > 0) throw new Error(`values.yaml: no comment above ${silent.join(', ')}.`);
  const lines = rows.map(
    ({ path, value, allowed, comment }) =>
      `| \`${path}\` | ${value === '' ? '' : `\`${cell(value)}\``} | ${cell(allowed)} | ${cell(comment)} |`,
  );
  return ['| value | default | allowed | |', '|---|---|---|---|', ...lines].join('\n');
}

/** Values that are set one by one: all but objects whose fields the schema names. */
function leaves(values, schema, prefix) {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    const part = schema.properties[key];
    if (part === undefined) throw new Error(`The schema does not know ${path}.`);
    if (part.type === 'object' && part.properties !== undefined && path !== 'settings' && !path.endsWith('resources'))
      return leaves(value, part, path);
    return [{ path, value: shown(value), allowed: allowed(part) }];
  });
}

const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const cell = (text) => text.replaceAll('|', '\\|');

/** In words. Patterns are left to the schema. */
function allowed(schema) {
  if (schema.enum !== undefined) return schema.enum.map((word) => (word === '' ? 'empty' : `\`${word}\``)).join(', ');
  if (schema.anyOf !== undefined)
    return schema.anyOf
      .filter(({ maxProperties }) => maxProperties !== 0)
      .map(allowed)
      .join(', or ');
  if (schema.$ref !== undefined) return `Kubernetes' ${schema.$ref.split('.').at(-1)}`;
  if (schema.type === 'array') return `list of ${allowed(schema.items)}`;
  const types = [schema.type].flat();
  if (types.includes('integer'))
    return `${schema.minimum} to ${schema.maximum}${types.includes('null') ? ', null' : ''}`;
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'object') return schema.properties === undefined ? 'map' : 'object';
  return 'text';
}
