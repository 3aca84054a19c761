import { resolved, schemaIncompatibilities } from './compare-schemas.mjs';

/**
 * What a client of the old description would miss in the new one, a sentence each; an empty list is a compatible change.
 * Requests may take more, responses may give more; neither less.
 */
export function incompatibilities(before, after) {
  const operations = Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation?.responses !== undefined)
      .map(([method, old]) => ({ where: `${method.toUpperCase()} ${path}`, old, next: after.paths[path]?.[method] })),
  );
  return operations.flatMap(({ where, old, next }) =>
    next === undefined ? [`${where} is gone`] : ofOperation({ where, old, next, before, after }),
  );
}

function ofOperation({ where, old, next, before, after }) {
  const bodies = [old.requestBody?.content, next.requestBody?.content];
  const responses = Object.entries(old.responses).flatMap(([status, response]) => {
    const other = next.responses[status];
    if (other === undefined) return [`${where} no longer answers ${status}`];
    const contents = [resolved(response, before).content, resolved(other, after).content];
    return ofContents(`${where} ${status}`, contents, { before, after, isRequest: false });
  });
  return [
    ...ofParameters(where, old.parameters ?? [], next.parameters ?? []),
    ...ofContents(`${where} request`, bodies, { before, after, isRequest: true }),
    ...responses,
  ];
}

function ofParameters(where, old, next) {
  const demanded = next.filter(
    ({ name, required }) => required && !old.some((one) => one.name === name && one.required),
  );
  const gone = old.filter(({ name }) => !next.some((one) => one.name === name));
  return [
    ...demanded.map(({ name }) => `${where} now demands parameter "${name}"`),
    ...gone.map(({ name }) => `${where} has no parameter "${name}"`),
  ];
}

function ofContents(where, [old = {}, next = {}], context) {
  return Object.entries(old).flatMap(([type, { schema }]) => {
    if (next[type] === undefined) return [`${where}: ${type} is gone`];
    if (schema === undefined) return [];
    return schemaIncompatibilities(where, [schema, next[type].schema ?? {}], { ...context, seen: new Set() });
  });
}
