import { fastify } from 'fastify';

/** Parses what comes and prints an answer that is always the same. Arguments: port, answer as JSON. */
const [, , port, text = ''] = process.argv;
const answer = JSON.parse(text) as object;
const app = fastify({ logger: false, bodyLimit: 16 * 2 ** 20 });
app.addContentTypeParser(/^(image\/|application\/octet-stream)/, { parseAs: 'buffer' }, (_, body, done) =>
  done(null, body),
);
for (const path of ['/predict', '/predict-tensor', '/predict-json']) app.post(path, () => answer);
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.once('SIGTERM', () => process.exit(0));
