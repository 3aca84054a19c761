/**
 * What of a schema a client of the old one would miss in the new one, a sentence each. `context`: the two documents, and whether
 * the schema is of a request, which may take more, or of a response, which may give more.
 */
export function schemaIncompatibilities(where, [oldSchema, nextSchema], context) {
  const key = `${oldSchema.$ref ?? ''} ${nextSchema.$ref ?? ''}`;
  if (key !== ' ' && context.seen.has(key)) return [];
  context.seen.add(key);
  const pair = [resolved(oldSchema, context.before), resolved(nextSchema, context.after)];
  return [
    ...typeChange(pair),
    ...valueChange(pair, context.isRequest),
    ...(context.isRequest ? narrowed(pair) : []),
    ...demandChange(pair, context.isRequest),
  ]
    .map((problem) => `${where}: ${problem}`)
    .concat(ofParts(where, pair, context));
}

/** Follows a reference within its document. */
export function resolved(schema, document) {
  if (schema?.$ref === undefined) return schema ?? {};
  const names = schema.$ref.split('/').slice(1);
  return names.reduce((part, name) => part[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

function typeChange([old, next]) {
  return show(old.type) === show(next.type) ? [] : [`${show(old.type)} became ${show(next.type)}`];
}

function valueChange([old, next], isRequest) {
  const [kept, among] = isRequest ? [old.enum, next.enum] : [next.enum, old.enum];
  if (among === undefined) return [];
  if (kept === undefined) return [`any value ${isRequest ? 'before, a list now' : 'now, a list before'}`];
  const strange = kept.filter((value) => !among.includes(value));
  return strange.map((value) => `${show(value)} is ${isRequest ? 'no longer taken' : 'a new answer'}`);
}

const LOWER = ['minimum', 'exclusiveMinimum', 'minItems', 'minLength'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxItems', 'maxLength'];

function narrowed([old, next]) {
  const rose = LOWER.filter((limit) => (next[limit] ?? -Infinity) > (old[limit] ?? -Infinity));
  const fell = UPPER.filter((limit) => (next[limit] ?? Infinity) < (old[limit] ?? Infinity));
  const isStricter = next.additionalProperties === false && old.additionalProperties !== false;
  return [
    ...rose.map((limit) => `${limit} rose to ${next[limit]}`),
    ...fell.map((limit) => `${limit} fell to ${next[limit]}`),
    ...(isStricter ? ['takes no other properties any more'] : []),
  ];
}

function demandChange([old, next], isRequest) {
  const [demanded, known] = isRequest ? [next.required, old.required] : [old.required, next.required];
  const strange = (demanded ?? []).filter((name) => !(known ?? []).includes(name));
  return strange.map((name) => `"${name}" is ${isRequest ? 'now demanded' : 'no longer promised'}`);
}

function ofParts(where, [old, next], context) {
  const compare = (name, one, other) =>
    other === undefined
      ? [`${where}${name} is gone`]
      : schemaIncompatibilities(`${where}${name}`, [one, other], context);
  const properties = Object.entries(old.properties ?? {});
  const alternatives = ['anyOf', 'oneOf', 'allOf'].flatMap((list) =>
    (old[list] ?? []).map((schema, index) => [`/${list}/${index}`, schema, next[list]?.[index]]),
  );
  return [
    ...properties.flatMap(([name, schema]) => compare(`/${name}`, schema, next.properties?.[name])),
    ...(isSchema(old.items) && isSchema(next.items) ? compare('[]', old.items, next.items) : []),
    ...alternatives.flatMap(([name, one, other]) => compare(name, one, other)),
  ];
}

const isSchema = (value) => typeof value === 'object' && value !== null;
const show = (value) => JSON.stringify(value) ?? 'anything';
