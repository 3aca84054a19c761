import { z } from 'zod';

/** Every setting of the server, one table: the variable's name, its type and unit, its default, what it is for. */
const settingsSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the HTTP port binds.'),
  PORT: port(3000).describe('HTTP port: REST, probes, metrics. 0 takes a free one.'),
  ADMIN_HOST: z.string().min(1).default('127.0.0.1').describe('Address the admin listener binds.'),
  ADMIN_PORT: port(8082).describe('Port of the admin listener: load and unload models. Only with ADMIN_TOKEN.'),
  ADMIN_TOKEN: z.string().min(1).optional().describe('Bearer token of the admin listener; without one there is none.'),
  GRPC_PORT: portOrOff(8081).describe(
    'gRPC port: Open Inference Protocol, health. 0 takes a free one, off opens none.',
  ),
  MODELS: z
    .string()
    .default('')
    .describe('Paths of packages, folders of packages or .onnx files, https:// and s3:// addresses; comma-separated.'),
  MODEL_CACHE: z
    .string()
    .min(1)
    .optional()
    .describe('Folder that models from elsewhere are kept in; without one, in the temporary files of this user.'),
  MODEL_SOURCE_HOSTS: z
    .string()
    .default('')
    .describe(
      'Hosts (host or host:port, comma-separated) that may be asked for models by http or at private addresses.',
    ),
  MODEL_SOURCE_LIMIT_BYTES: whole(4 * 2 ** 30, 1024, 2 ** 40).describe(
    'Most bytes of one source, as they come and unpacked.',
  ),
  DEFAULT_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('The model that POST /predict answers; the only one if there is one.'),
  OVERRIDES: z
    .string()
    .min(1)
    .optional()
    .describe('Path of a YAML file with thresholds, labels and switches by model, followed while serving.'),
  LOAD_AT_START: flag(true).describe('false: models are loaded by the admin listener only.'),
  PLAYGROUND: flag(true).describe('false: / leads to the API page, and the page to try the models on is not served.'),
  CORS_ORIGINS: z.string().default('').describe('Origins browsers may call from, comma-separated; none by default.'),
  REQUEST_TIMEOUT_MS: whole(30_000, 1, 3_600_000).describe('Deadline of a request that names none.'),
  MAX_REQUEST_TIMEOUT_MS: whole(120_000, 1, 3_600_000).describe('Cap of X-Request-Timeout-Ms.'),
  MAX_WAIT_MS: whole(10_000, 1, 3_600_000).describe('Requests predicted to wait longer are refused at once.'),
  JSON_LIMIT_BYTES: whole(8 * 2 ** 20, 1024, 2 ** 30).describe('Largest JSON body.'),
  TENSOR_LIMIT_BYTES: whole(64 * 2 ** 20, 1024, 2 ** 30).describe('Largest body of tensors as bytes, inflated.'),
  IMAGE_LIMIT_BYTES: whole(20 * 2 ** 20, 1024, 2 ** 30).describe('Largest image body, raw or multipart.'),
  BODIES_LIMIT_BYTES: wholeFrom(2 ** 20, 2 ** 49)
    .optional()
    .describe('Most bytes of all request bodies held at once; without it, a quarter of the memory there is.'),
  MAX_ROWS_PER_REQUEST: whole(10_000, 1, 1_000_000).describe('Most rows of one request.'),
  MAX_IMAGES_PER_REQUEST: whole(256, 1, 1_000_000).describe('Most pictures of one request.'),
  MAX_PIXELS_PER_REQUEST: whole(100_000_000, 1, 10 ** 12).describe('Most pixels of all pictures of one request.'),
  MAX_CONNECTIONS: whole(10_000, 1, 1_000_000).describe(
    'Open HTTP connections, and as many of gRPC; further ones are closed.',
  ),
  GRPC_REFLECTION: flag(true).describe('gRPC: tell tools such as grpcurl which services and messages there are.'),
  GRPC_MESSAGE_LIMIT_BYTES: whole(64 * 2 ** 20, 1024, 2 ** 31 - 1).describe(
    'Largest gRPC message, inflated, either way.',
  ),
  GRPC_MAX_STREAMS: whole(256, 1, 100_000).describe('Calls that one gRPC connection may have open.'),
  GRPC_MAX_CONNECTION_AGE_MS: whole(300_000, 1000, 86_400_000).describe(
    'After about this time a gRPC client must connect again, so that clients spread over replicas.',
  ),
  GRPC_KEEPALIVE_MS: whole(20_000, 1000, 86_400_000).describe(
    'How often gRPC connections are pinged; one without an answer for 10 s is closed.',
  ),
  DRAIN_DELAY_MS: whole(0, 0, 60_000).describe('After SIGTERM: still accepting, already not ready.'),
  DRAIN_TIMEOUT_MS: whole(20_000, 0, 600_000).describe('Longest wait for admitted requests before exit.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'expected debug, info, warn, error or silent')
    .default('info')
    .describe('Least severe log line written.'),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;

/** Injection token of the checked settings. */
export const SETTINGS = Symbol('settings');

/** Their values are never repeated. */
const SECRETS: ReadonlySet<string> = new Set(['ADMIN_TOKEN']);

/** Settings that cannot be used: every problem, one line each, with what was got but for secrets. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** Reads and checks the settings; an empty variable counts as unset. Throws `SettingsError` naming all that is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const names = Object.keys(settingsSchema.shape);
  const given = Object.fromEntries(
    names.map((name) => [name, environment[name] === '' ? undefined : environment[name]]),
  );
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const got = SECRETS.has(name) ? '' : `, got ${quote(given[name] ?? '')}`;
      return `Setting ${name}: ${issue.message}${got}. ${describeSetting(name)}`;
    }),
  );
}

/** The settings as documentation shows them: name, default as a variable holds it (empty: none), what it is for. */
export function settingsTable(): { name: string; defaultValue: string; description: string }[] {
  const defaults: Readonly<Record<string, unknown>> = readSettings({});
  return Object.keys(settingsSchema.shape).map((name) => ({
    name,
    defaultValue: String(defaults[name] ?? ''),
    description: describeSetting(name),
  }));
}

/** On one line, and not all of a long one. */
function quote(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text).replaceAll(/[\u007f-\u009f]/g, '?');
}

function describeSetting(name: string): string {
  return settingsSchema.shape[name as keyof typeof settingsSchema.shape]?.description ?? '';
}

function port(defaultPort: number) {
  return whole(defaultPort, 0, 65_535);
}

/** A port, or the word that opens none. */
function portOrOff(defaultPort: number) {
  return z
    .union([z.literal('off'), port(defaultPort).unwrap()], 'expected off or a whole number from 0 to 65535')
    .default(defaultPort);
}

function flag(defaultValue: boolean) {
  return z
    .enum(['true', 'false'], 'expected true or false')
    .transform((text) => text === 'true')
    .default(defaultValue);
}

/** A decimal integer in text; `1e3`, `0x10`, ` 5` and fractions are refused. */
function whole(defaultValue: number, min: number, max: number) {
  return wholeFrom(min, max).default(defaultValue);
}

function wholeFrom(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, 'expected a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `expected a whole number from ${min} to ${max}`);
}
