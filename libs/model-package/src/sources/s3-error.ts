import type { HttpAnswer } from './http-answer.ts';
import { readBody } from './read-body.ts';
import { retryAfterMs } from './retry-after.ts';
import { SourceError, type SourceErrorReason } from './source-error.ts';
import { textOf } from './xml-text.ts';

type Told = readonly [reason: SourceErrorReason, message: string];

/** By the error code of S3, which other servers use too. */
const CODES: Readonly<Record<string, Told>> = {
  NoSuchBucket: ['not-found', 'there is no such bucket'],
  NoSuchKey: ['not-found', 'there is no such object'],
  AccessDenied: ['forbidden', 'access is denied: it needs s3:GetObject, and s3:ListBucket for a prefix'],
  AllAccessDisabled: ['forbidden', 'access is disabled'],
  XAdminUserNotFound: ['credentials', 'the access key is not known there'],
  InvalidAccessKeyId: ['credentials', 'the access key is not known there'],
  SignatureDoesNotMatch: ['credentials', 'the signature does not match: AWS_SECRET_ACCESS_KEY is wrong'],
  InvalidToken: ['credentials', 'the session token is not valid: AWS_SESSION_TOKEN'],
  ExpiredToken: ['expired', 'the session token has expired: renew the credentials'],
  TokenRefreshRequired: ['expired', 'the session token has expired: renew the credentials'],
  RequestTimeTooSkewed: ['clock', "this machine's clock differs too much from the server's: set it"],
  RequestExpired: ['clock', "this machine's clock differs too much from the server's: set it"],
  SlowDown: ['throttled', 'it asks for fewer requests (SlowDown)'],
  ServiceUnavailable: ['throttled', 'it is not available now'],
  PermanentRedirect: ['refused', 'the bucket lies elsewhere: AWS_REGION or AWS_ENDPOINT_URL_S3 is wrong'],
  TemporaryRedirect: ['refused', 'the bucket lies elsewhere for now'],
  AuthorizationHeaderMalformed: ['refused', 'the region is another one: AWS_REGION is wrong'],
  PreconditionFailed: ['interrupted', 'the object changed in between'],
};

const STATUSES: Readonly<Record<number, Told>> = {
  301: CODES['PermanentRedirect']!,
  307: CODES['TemporaryRedirect']!,
  401: ['credentials', 'it wants credentials'],
  403: ['forbidden', 'access is denied'],
  404: CODES['NoSuchKey']!,
  429: CODES['SlowDown']!,
  503: CODES['ServiceUnavailable']!,
};

/** What an answer that delivers nothing says; nothing of it is repeated but its code. */
export async function s3Error(shown: string, answer: HttpAnswer): Promise<SourceError> {
  const { status, headers } = answer;
  const code = textOf(await readBody(answer), 'Code') ?? '';
  // A code that is not known says more than the status would: 404 is not always the object's.
  const byStatus = code === '' || status !== 404 ? STATUSES[status] : undefined;
  const known = Object.hasOwn(CODES, code) ? CODES[code] : byStatus;
  const [reason, message] = known ?? (['refused', 'it answered with an error'] as const);
  const told = /^[A-Za-z]{1,64}$/.test(code) ? `${status} ${code}` : String(status);
  return new SourceError(reason, `${shown}: ${message} (${told}).`, retryAfterMs(headers['retry-after']));
}
