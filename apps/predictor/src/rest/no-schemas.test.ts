import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { noSchemas } from './no-schemas.ts';

describe('noSchemas', () => {
  it('serves routes without a schema, and refuses one with a schema before anything is served', async () => {
    const plain = fastify({ schemaController: noSchemas });
    plain.post('/', () => 'ok');
    expect((await plain.inject({ method: 'POST', url: '/', payload: {} })).body).toBe('ok');

    const checked = fastify({ schemaController: noSchemas });
    checked.post('/', { schema: { body: { type: 'object' } } }, () => 'ok');
    await expect(checked.ready()).rejects.toThrow(/schema/);
  });
});
