import { SourceError } from './source-error.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'has a name that does not resolve',
  EAI_AGAIN: 'has a name that does not resolve: the name server does not answer',
  ETIMEDOUT: 'did not answer',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached: there is no route',
  EPIPE: 'closed the connection',
  ECONNRESET: 'closed the connection before all of the answer had come',
  EPROTO: 'does not speak TLS as expected',
};

/** What a failed request means, with nothing of the machine but the error's code. */
export function networkError(error: unknown, host: string): SourceError {
  if (error instanceof SourceError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const known = SENTENCES[code];
  if (known !== undefined)
    return new SourceError(code === 'ECONNRESET' ? 'interrupted' : 'unreachable', `"${host}" ${known} (${code}).`);
  if (code.startsWith('HPE_'))
    return new SourceError('refused', `"${host}" does not speak HTTP as expected (${code}).`);
  if (/CERT|SIGN|VERIFY|ERR_TLS/.test(code)) {
    const message = `"${host}" has a certificate that is not trusted (${code}). NODE_EXTRA_CA_CERTS adds an authority.`;
    return new SourceError('certificate', message);
  }
  return new SourceError('unreachable', `"${host}" cannot be asked (${code}).`);
}
