/** Stands for semver in the bundle, with what Fastify asks it: whether it is the Fastify that a plugin was written for. */
exports.coerce = require('semver/functions/coerce');
exports.gt = require('semver/functions/gt');
exports.satisfies = require('semver/functions/satisfies');
