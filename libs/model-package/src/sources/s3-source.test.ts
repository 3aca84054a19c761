import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { startFakeStore } from './testing/fake-store.ts';
import { failureOf, loopbackFetcher, uriOf } from './testing/fetcher.ts';
import { startLocalServer } from './testing/local-server.ts';
import { s3Store } from './testing/store-kinds.ts';

const running = new AbortController().signal;
const xml = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>`;

describe('an S3 source', () => {
  it.each([
    [403, 'AccessDenied', 'forbidden', /access is denied/],
    [404, 'NoSuchBucket', 'not-found', /no such bucket/],
    [404, 'NoSuchKey', 'not-found', /no such object/],
    [503, 'SlowDown', 'throttled', /fewer requests/],
    [403, 'RequestTimeTooSkewed', 'clock', /clock differs/],
    [400, 'ExpiredToken', 'expired', /token has expired/],
    [403, 'InvalidAccessKeyId', 'credentials', /access key is not known/],
    [403, 'SignatureDoesNotMatch', 'credentials', /AWS_SECRET_ACCESS_KEY is wrong/],
    [301, 'PermanentRedirect', 'refused', /lies elsewhere/],
    [500, '<!-- s3cret -->', 'refused', /answered with an error \(500\)/],
  ])('tells %i %s apart', async (status, code, reason, message) => {
    await using store = await startFakeStore({});
    await using cache = await temporaryFolder({});
    store.interfere = (_request, response) => (response.writeHead(status).end(xml(code)), true);
    const fetcher = loopbackFetcher(cache.path, s3Store.settings(store));

    const failure = await failureOf(fetcher.fetch(uriOf('s3://bucket/churn'), running));

    expect(failure.reason).toBe(reason);
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toContain('s3cret');
  });

  it('takes every object below a prefix, over several pages, and none of its neighbours', async () => {
    const files = Object.fromEntries(['a', 'b b', 'c/d+e', 'f&g', 'h'].map((name) => [`churn/${name}`, name]));
    await using store = await startFakeStore({ ...files, 'churn/': '', 'churn-2/x': 'x', other: 'y' });
    await using cache = await temporaryFolder({});
    const { readdir } = await import('node:fs/promises');

    const fetcher = loopbackFetcher(cache.path, s3Store.settings(store));
    const { path } = await fetcher.fetch(uriOf('s3://bucket/churn'), running);

    const found = await readdir(path, { recursive: true });
    expect(found.sort()).toEqual(['a', 'b b', 'c', 'c/d+e', 'f&g', 'h']);
  });

  it.each(['../x', 'a/../../x', '/x', 'a//b', './a', 'a\\b', 'A', 'a\u202eb', 'x'.repeat(256)])(
    'refuses the key %j',
    async (key) => {
      await using store = await startFakeStore({ 'churn/a': 'a', [`churn/${key}`]: 'x' });
      await using cache = await temporaryFolder({});
      const fetcher = loopbackFetcher(cache.path, s3Store.settings(store));
      expect(await failureOf(fetcher.fetch(uriOf('s3://bucket/churn'), running))).toMatchObject({ reason: 'corrupt' });
    },
  );

  it('says that there is nothing below a prefix', async () => {
    await using store = await startFakeStore({});
    await using cache = await temporaryFolder({});
    const fetcher = loopbackFetcher(cache.path, s3Store.settings(store));
    expect(await failureOf(fetcher.fetch(uriOf('s3://bucket/churn'), running))).toMatchObject({ reason: 'not-found' });
  });
});

describe('credentials', () => {
  async function requestsWith(environment: (store: { url: string; agent: string }) => Record<string, string>) {
    await using store = await startFakeStore({ 'churn.onnx': 'model' });
    await using cache = await temporaryFolder({});
    await using agent = await startLocalServer((request, response) => {
      if (request.url?.includes('AssumeRoleWithWebIdentity') === true)
        return void response.end(
          '<R><AccessKeyId>AKIDWEB</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>web</SessionToken></R>',
        );
      return void response.end('{"AccessKeyId":"AKIDAGENT","SecretAccessKey":"x","Token":"agent"}');
    });
    const given = {
      AWS_ENDPOINT_URL_S3: store.server.url,
      ...environment({ url: store.server.url, agent: agent.url }),
    };
    const fetcher = loopbackFetcher(cache.path, { environment: given });
    await fetcher.fetch(uriOf('s3://bucket/churn.onnx'), running);
    return { headers: store.server.requests[0]?.headers ?? {}, agent: agent.requests };
  }

  it('from the environment sign for the region, with the session token', async () => {
    const { headers } = await requestsWith(() => ({
      AWS_ACCESS_KEY_ID: 'AKIDSTATIC',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_SESSION_TOKEN: 'static',
      AWS_REGION: 'eu-north-1',
    }));
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDSTATIC\/\d{8}\/eu-north-1\/s3\/aws4_request, /,
    );
    expect(headers['x-amz-security-token']).toBe('static');
  });

  it('where there are none leave requests unsigned', async () => {
    expect((await requestsWith(() => ({}))).headers).not.toHaveProperty('authorization');
  });

  it("come from the container's agent, with its token", async () => {
    await using folder = await temporaryFolder({ token: 'pod-token\n' });
    const { headers, agent } = await requestsWith(({ agent: url }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${folder.path}/token`,
    }));
    expect(headers.authorization).toContain('Credential=AKIDAGENT/');
    expect(headers['x-amz-security-token']).toBe('agent');
    expect(agent[0]?.headers.authorization).toBe('pod-token');
  });

  it('come for a web identity', async () => {
    await using folder = await temporaryFolder({ token: 'identity-token' });
    const { headers, agent } = await requestsWith(({ agent: url }) => ({
      AWS_ENDPOINT_URL_STS: url,
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/reader',
      AWS_WEB_IDENTITY_TOKEN_FILE: `${folder.path}/token`,
    }));
    expect(headers['x-amz-security-token']).toBe('web');
    expect(agent[0]?.path).toContain('WebIdentityToken=identity-token');
  });

  it('are not asked of a host that is no agent of this machine', async () => {
    const attempt = requestsWith(() => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://192.0.2.1/credentials' }));
    expect(await failureOf(attempt)).toMatchObject({ reason: 'credentials' });
  });
});
