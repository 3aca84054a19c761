/** Stands for semver in the bundle, with what Fastify asks it: whether it is the Fastify that a plugin was written for. */
export { default as coerce } from 'semver/functions/coerce.js';
export { default as gt } from 'semver/functions/gt.js';
export { default as satisfies } from 'semver/functions/satisfies.js';
