import { fastify } from 'fastify';

/** The floor of any JSON server in this language: Fastify parses a body and prints it again. No model, no checks, no log. */
const app = fastify({ logger: false });
app.post('/echo', (request) => request.body);
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stderr.write(`ready at ${address}\n`);
process.once('SIGTERM', () => void app.close());
