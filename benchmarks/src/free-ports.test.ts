import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { FreePorts } from './free-ports.ts';

it('passes over a port that somebody listens on', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await new FreePorts(port - 1, 100).next()).toBeGreaterThan(port);
  await expect(new FreePorts(port, 2).next()).rejects.toThrow('--first-port');
  server.close();
});
