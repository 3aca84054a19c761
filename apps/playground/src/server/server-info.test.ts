import type { ServerInfo } from '@web-single/sdk';
import { expect, it } from 'vitest';
import { grpcTargetOf } from './server-info.ts';

const server: ServerInfo = { name: 'web-single', version: '1', components: {}, runtime: {} };

it('finds gRPC on the host of the page, at the port the server names', () => {
  expect(grpcTargetOf({ ...server, grpcPort: 9001 } as ServerInfo, '[::1]')).toBe('[::1]:9001');
});

it('knows no target where the server names none, or has not answered', () => {
  expect(grpcTargetOf(server, 'localhost')).toBeUndefined();
  expect(grpcTargetOf(undefined, 'localhost')).toBeUndefined();
});
