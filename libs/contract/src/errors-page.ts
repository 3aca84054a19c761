import { ERROR_CATALOG, ERROR_CODES } from './error-catalog.ts';
import type { ErrorCode } from './error-catalog.ts';

const tableRow = (code: ErrorCode): string => {
  const { httpStatus, grpcStatus, retryable } = ERROR_CATALOG[code];
  const link = `[${code}](#${code.toLowerCase()})`;
  return `| ${link} | ${httpStatus} | ${grpcStatus.name} (${grpcStatus.number}) | ${retryable ? 'yes' : 'no'} |`;
};

const section = (code: ErrorCode): string => {
  const { title, remedy } = ERROR_CATALOG[code];
  return `## ${code}\n\n${title} ${remedy}`;
};

/** The page `docs/errors.md`, written from the catalogue; a test holds the two equal. Markdown. */
export const writeErrorsPage = (): string =>
  [
    '<!-- Generated from libs/contract/src/error-catalog.ts. Do not edit: UPDATE=1 npx nx test contract. -->',
    '# Errors',
    'Every error is an `application/problem+json` (RFC 9457) with `type`, `title`, `status`, `detail`, `code` and `requestId`;\n' +
      '`details` lists what is wrong with which row and field, `retryAfterMs` says when a retry has a chance.\n' +
      'Decide by `code`: it does not change. Retry only what the table says, with jitter and a budget; the SDK does.',
    ['| code | HTTP | gRPC | retry |', '|---|---|---|---|', ...ERROR_CODES.map(tableRow)].join('\n'),
    ...ERROR_CODES.map(section),
  ].join('\n\n') + '\n';
