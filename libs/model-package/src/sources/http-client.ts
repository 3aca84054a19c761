import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { AllowedHosts } from './allowed-hosts.ts';
import { checkAddresses, checkHost } from './host-policy.ts';
import { httpAnswer, type HttpAnswer } from './http-answer.ts';
import { networkError } from './network-error.ts';
import type { Resolver } from './resolver.ts';
import { SourceError } from './source-error.ts';
import { redirected } from './redirected.ts';

export interface HttpClientOptions {
  readonly allowedHosts: AllowedHosts;
  readonly resolve: Resolver;
  readonly connectTimeoutMs: number;
  /** Longest silence: before the answer begins, and within it. */
  readonly idleTimeoutMs: number;
  /** Of a clock that never goes back. */
  readonly nowMs: () => number;
}

export type RequestHeaders = Readonly<Record<string, string>>;

export interface HttpRequest {
  readonly url: URL;
  readonly writtenHost: string;
  readonly headers: RequestHeaders;
  readonly signal: AbortSignal;
}

const MAX_REDIRECTS = 3;
/** Head lines that drip in are no silence; so long they may take all together. */
const BEGIN_SILENCES = 2;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** GET requests to hosts that the policy allows, each hop and each address checked. */
export class HttpClient {
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** The answer to one request. */
  async get(request: HttpRequest): Promise<HttpAnswer> {
    const { url, signal } = request;
    checkHost(url, request.writtenHost, this.#options.allowedHosts);
    signal.throwIfAborted();
    try {
      const response = await this.#send(request);
      return httpAnswer(response, { host: url.host, signal, nowMs: this.#options.nowMs });
    } catch (error) {
      signal.throwIfAborted();
      throw networkError(error, url.host);
    }
  }

  /** As `get`, at most three redirects later. */
  async getFollowing(request: HttpRequest): Promise<HttpAnswer> {
    let hop = request;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.get(hop);
      const { location } = answer.headers;
      if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
      answer.discard();
      if (redirects === MAX_REDIRECTS)
        throw new SourceError('refused', `"${request.url.host}" redirected more than ${MAX_REDIRECTS} times.`);
      hop = redirected(hop, location);
    }
  }

  #send({ url, headers, signal }: HttpRequest): Promise<IncomingMessage> {
    const { connectTimeoutMs, idleTimeoutMs } = this.#options;
    const isTls = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (isTls ? requestHttps : requestHttp)(url, this.#requestOptions(url, headers, signal));
      const endAfter = (limitMs: number, what: string): NodeJS.Timeout =>
        setTimeout(() => request.destroy(late(url, `${what} within ${limitMs} ms`)), limitMs);
      let limit = endAfter(connectTimeoutMs, 'could not be connected to');
      const onConnected = (): void => {
        clearTimeout(limit);
        limit = endAfter(BEGIN_SILENCES * idleTimeoutMs, 'did not begin its answer');
      };
      request.on('socket', (socket) => socket.once(isTls ? 'secureConnect' : 'connect', onConnected));
      request.on('close', () => clearTimeout(limit));
      request.on('error', reject);
      let response: IncomingMessage | undefined;
      request.setTimeout(idleTimeoutMs, () =>
        (response ?? request).destroy(late(url, `was silent for ${idleTimeoutMs} ms`)),
      );
      request.on('response', (answer) => {
        clearTimeout(limit);
        response = answer;
        resolve(answer);
      });
      request.end();
    });
  }

  #requestOptions(url: URL, headers: RequestHeaders, signal: AbortSignal): RequestOptions {
    return {
      headers: { 'accept-encoding': 'identity', 'user-agent': 'web-single', ...headers },
      lookup: this.#lookup(url),
      signal,
      agent: false,
    };
  }

  /** What the connecting socket asks: it connects to the addresses checked here and to no others. */
  #lookup(url: URL): LookupFunction {
    return (hostname, options, callback) => {
      void this.#options.resolve(hostname).then(
        (addresses) => {
          try {
            checkAddresses(
              url,
              addresses.map(({ address }) => address),
              this.#options.allowedHosts,
            );
          } catch (error) {
            return callback(error as NodeJS.ErrnoException, []);
          }
          const [first] = addresses;
          if (options.all === true || first === undefined) return callback(null, [...addresses]);
          return callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    };
  }
}

function late(url: URL, what: string): SourceError {
  return new SourceError('unreachable', `"${url.host}" ${what}.`);
}
