import { readBody } from './read-body.ts';
import { HttpClient } from './http-client.ts';
import { isSet, readToken, type Environment, type S3Credentials } from './aws-environment.ts';
import { SourceError } from './source-error.ts';
import { systemResolver } from './resolver.ts';

const ECS_HOST = 'http://169.254.170.2';
/** Hosts that may be asked in clear HTTP: the agents of ECS and EKS on the machine itself. */
const AGENTS: ReadonlySet<string> = new Set([
  '169.254.170.2',
  '169.254.170.23',
  '[fd00:ec2::23]',
  '127.0.0.1',
  '[::1]',
  'localhost',
]);
const TIMEOUT_MS = 2000;

/** What the agent of ECS or EKS hands out; undefined where the environment names none. */
export async function fromContainer(environment: Environment, signal: AbortSignal): Promise<S3Credentials | undefined> {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full } = environment;
  if (!isSet(relative) && !isSet(full)) return undefined;
  const address = isSet(relative) ? `${ECS_HOST}${relative}` : (full ?? '');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && !AGENTS.has(url.hostname)))
    throw new SourceError('credentials', 'AWS_CONTAINER_CREDENTIALS_FULL_URI names no agent of this machine.');
  const authorization = await authorizationOf(environment);
  const client = new HttpClient({
    allowedHosts: { allows: () => true },
    resolve: systemResolver(),
    connectTimeoutMs: TIMEOUT_MS,
    idleTimeoutMs: TIMEOUT_MS,
    nowMs: () => performance.now(),
  });
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await client.get({ url, writtenHost: url.hostname, headers, signal });
  const body = await readBody(answer);
  return answer.status === 200 ? readCredentials(body) : refuse(`answered ${answer.status}`);
}

async function authorizationOf(environment: Environment): Promise<string | undefined> {
  const { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } = environment;
  if (isSet(path)) return readToken('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', path);
  return isSet(token) ? token : undefined;
}

function readCredentials(body: string): S3Credentials {
  const { AccessKeyId, SecretAccessKey, Token } = parse(body);
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return refuse('answered without a key');
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof Token === 'string' ? { sessionToken: Token } : {}),
  };
}

function parse(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function refuse(what: string): never {
  throw new SourceError('credentials', `The container's credentials endpoint ${what}.`);
}
