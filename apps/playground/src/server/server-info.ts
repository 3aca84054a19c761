import type { ServerInfo } from '@web-single/sdk';
import { createContext } from 'preact';

/** Who serves this page; undefined until it has answered. */
export const ServerInfoContext = createContext<ServerInfo | undefined>(undefined);

/** Where a tool on the reader's machine finds gRPC: the page's host, at the port the server names; undefined where it names none. */
export function grpcTargetOf(server: ServerInfo | undefined, hostname: string): string | undefined {
  const { grpcPort } = (server ?? {}) as { readonly grpcPort?: number };
  return grpcPort === undefined ? undefined : `${hostname}:${grpcPort}`;
}
