import type { HttpClient } from './http-client.ts';
import { readBody } from './read-body.ts';
import { isSet, readToken, type Environment, type S3Credentials } from './aws-environment.ts';
import { SourceError } from './source-error.ts';
import { textOf } from './xml-text.ts';

/** Changes the token of AWS_WEB_IDENTITY_TOKEN_FILE for credentials of AWS_ROLE_ARN; undefined where the environment names none. */
export async function fromWebIdentity(
  environment: Environment,
  client: HttpClient,
  signal: AbortSignal,
): Promise<S3Credentials | undefined> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: role, AWS_ROLE_SESSION_NAME: session } = environment;
  if (!isSet(tokenFile) || !isSet(role)) return undefined;
  const url = new URL(endpointOf(environment));
  url.search = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: isSet(session) ? session : 'web-single',
    WebIdentityToken: await readToken('AWS_WEB_IDENTITY_TOKEN_FILE', tokenFile),
  }).toString();
  const answer = await client.get({ url, writtenHost: url.hostname, headers: {}, signal });
  const body = await readBody(answer);
  if (answer.status !== 200) {
    const code = textOf(body, 'Code') ?? answer.status;
    const reason = code === 'ExpiredTokenException' ? 'expired' : 'credentials';
    throw new SourceError(reason, `The web identity was not accepted by "${url.host}" (${code}).`);
  }
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) =>
    textOf(body, name),
  );
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new SourceError('credentials', `"${url.host}" answered a web identity without a key.`);
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

function endpointOf(environment: Environment): string {
  const { AWS_ENDPOINT_URL_STS: sts, AWS_ENDPOINT_URL: any, AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const given = [sts, any].find(isSet);
  if (given !== undefined && URL.canParse(given)) return given;
  const region = [AWS_REGION, AWS_DEFAULT_REGION].find(isSet);
  return region === undefined ? 'https://sts.amazonaws.com/' : `https://sts.${region}.amazonaws.com/`;
}
