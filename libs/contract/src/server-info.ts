import { z } from 'zod';

/** What `GET /v1/server` answers: who is running, component by component. */
export const serverInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  components: z.record(z.string(), z.string()).describe('Version per component, as a manifest may require them.'),
  runtime: z.record(z.string(), z.string()).describe('Version of Node, of the ONNX runtime and of the platform.'),
  grpcPort: z
    .int()
    .exactOptional()
    .describe('Where gRPC is heard; left out where it is off, or the system chose the port.'),
  overrides: z
    .object({ sha256: z.string(), models: z.array(z.string()) })
    .exactOptional()
    .describe('The overrides in force: the sha256 of their file, and the models they name.'),
});

export type ServerInfo = z.infer<typeof serverInfoSchema>;

/** What `/readyz` and `/startupz` answer, with 200 or 503. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'starting', 'not ready', 'draining']),
  models: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      state: z
        .enum(['loading', 'ready', 'restarting', 'failed', 'unloaded', 'disabled'])
        .describe(
          '"restarting": its engine ended and is started again; it answers 503 until then. "disabled": switched off by overrides, which does not count.',
        ),
      message: z.string().exactOptional().describe('Why it failed.'),
    }),
  ),
  sources: z
    .array(
      z.object({
        source: z.string().describe('The address, without what opens it.'),
        state: z
          .enum(['idle', 'fetching', 'proving', 'waiting', 'active'])
          .describe('"waiting": an attempt failed, the next follows; "idle": fetched when a load is asked for.'),
        message: z.string().exactOptional().describe('Why the last attempt failed.'),
      }),
    )
    .exactOptional()
    .describe('Where models come from that are not local; left out where there are none.'),
});

export type Readiness = z.infer<typeof readinessSchema>;
