const plainScalar = /^[\^A-Za-z_][A-Za-z0-9_./-]*$/;
/** Words that YAML reads as something else than text, in any of its versions. */
const otherScalar = /^(null|true|false|yes|no|on|off|y|n)$/i;

/** A JSON value on one line of YAML: `{ type: category, values: [crow, "1"] }`. Values that are undefined are left out. */
export function flowYaml(value: unknown): string {
  if (typeof value === 'string')
    return plainScalar.test(value) && !otherScalar.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key, item]) => `${flowYaml(key)}: ${flowYaml(item)}`).join(', ')} }`;
}
