/** The words that the chart's schema is written in. Objects refuse fields that are not named, and miss none: a value set to null is refused too. */

/** Every field is required, but for those in `optional`. */
export const object = (properties, { optional = [] } = {}) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
export const list = (items, more = {}) => ({ type: 'array', items, ...more });
/** Keys are those that match the pattern. */
export const map = (values, { pattern }) => ({
  type: 'object',
  patternProperties: { [pattern]: values },
  additionalProperties: false,
});
export const words = (...allowed) => ({ enum: allowed });
export const whole = (minimum, maximum) => ({ type: 'integer', minimum, maximum });
export const text = { type: 'string' };
export const flag = { type: 'boolean' };
export const matching = (pattern, more = {}) => ({ type: 'string', pattern, ...more });
/** May be left empty. */
export const orEmpty = (schema) => ({ ...schema, pattern: `^$|${schema.pattern}` });

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)';
const PREFIX = `(${LABEL}(\\.${LABEL})*/)?`;

/** A DNS label of any length: the chart cuts it. */
export const longName = matching(`^${LABEL}$`);
/** The name of an object: a DNS subdomain. */
export const objectName = matching(`^${LABEL}(\\.${LABEL})*$`, { maxLength: 253 });
export const serviceAccountName = objectName;
export const hostname = matching(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`, { minLength: 1, maxLength: 253 });
export const key = matching(`^${PREFIX}${QUALIFIED}$`);
export const labels = map(matching(`^${QUALIFIED}?$`, { maxLength: 63 }), key);
export const annotations = map(text, key);
/** The key of an entry in a Secret. */
export const secretKey = matching('^\\.?[-_a-zA-Z0-9][-._a-zA-Z0-9]*$', { maxLength: 253 });
export const digest = matching('^sha256:[0-9a-f]{64}$');
export const tag = matching('^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$');
const COMPONENT = '[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*';
/** With or without a registry's host and port. */
export const repository = matching(
  `^([a-zA-Z0-9]([-.a-zA-Z0-9]*[a-zA-Z0-9])?(:[0-9]{1,5})?/)?${COMPONENT}(/${COMPONENT})*$`,
  { maxLength: 255 },
);
/** Below a folder, and never out of it. */
export const relativePath = matching('^[-A-Za-z0-9_][-A-Za-z0-9_. ]*(/[-A-Za-z0-9_][-A-Za-z0-9_. ]*)*$');
const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = `(${OCTET}\\.){3}${OCTET}`;
const HEXTETS = '([0-9a-fA-F]{1,4}:){0,6}[0-9a-fA-F]{1,4}';
const IPV6 = `(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(${HEXTETS})?::(${HEXTETS})?)`;
export const address = matching(`^(${IPV4}|${IPV6})$`);
export const cidr = matching(`^${IPV4}/([0-9]|[12][0-9]|3[0-2])$|^${IPV6}/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$`);
export const pullPolicy = words('Always', 'IfNotPresent', 'Never');
/** A quantity of Kubernetes. Numbers are taken as they are written in YAML. */
export const quantity = {
  anyOf: [
    matching('^[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti|P|Pi)?$', { maxLength: 24 }),
    { type: 'number', minimum: 0, maximum: 999999 },
  ],
};
export const size = matching('^[1-9][0-9]*(Ki|Mi|Gi|Ti)$', { maxLength: 16 });
/** Names without a prefix are Kubernetes' own. */
const resource = matching(
  `^(cpu|memory|ephemeral-storage|hugepages-[0-9]+[KMG]i|${LABEL}(\\.${LABEL})*/${QUALIFIED})$`,
);
export const resources = object(
  { requests: map(quantity, resource), limits: map(quantity, resource) },
  { optional: ['requests', 'limits'] },
);
/** A port above those that only root binds. */
export const containerPort = whole(1024, 65535);
export const seconds = (minimum, maximum = 86_400) => whole(minimum, maximum);

/** Kubernetes' own structure, by its definition in $defs. */
export const kubernetes = (name) => ({ $ref: `#/$defs/${name}` });
