import type { FastifyInstance } from 'fastify';
import type { AdminParts } from '../admin/admin-server.ts';
import type { Settings } from '../config/settings.ts';
import { EXIT } from './exit-codes.ts';

/** Opens the admin listener where a token is set; its code is loaded only then. Ends the process where the port is taken. */
export async function startAdmin({
  settings,
  ...parts
}: Omit<AdminParts, 'token' | 'host'> & { readonly settings: Settings }): Promise<FastifyInstance | undefined> {
  const { ADMIN_HOST: host, ADMIN_PORT: port, ADMIN_TOKEN: token } = settings;
  if (token === undefined) return undefined;
  const { createAdminServer } = await import('../admin/admin-server.ts');
  const server = createAdminServer({ ...parts, token, host });
  try {
    const address = await server.listen({ port, host });
    process.stderr.write(`Admin listener at ${address}\n`);
    return server;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    process.stderr.write(`Cannot listen on ${host}:${port} (${code}): choose another ADMIN_PORT or ADMIN_HOST.\n`);
    process.exit(EXIT.failure);
  }
}
