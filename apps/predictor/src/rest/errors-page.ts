import { ERROR_CATALOG, ERROR_CODES } from '@web-single/contract';

const style = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1rem; margin: 1.5rem 0 0 } h2 span { font-weight: normal } :target { outline: 2px solid; outline-offset: 4px }`;

const sections = ERROR_CODES.map((code) => {
  const { httpStatus, retryable, title, remedy } = ERROR_CATALOG[code];
  const retry = retryable ? 'may be retried' : 'not to be retried';
  return `<h2 id="${code.toLowerCase()}">${code} <span>· ${httpStatus} · ${retry}</span></h2><p>${escapeHtml(`${title} ${remedy}`)}</p>`;
});

/** Where the `type` of every problem points: the catalogue, one anchor per code. HTML. */
export const ERRORS_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Errors · web-single</title><link rel="icon" href="/docs/icon.svg" type="image/svg+xml"><style>${style}</style></head>
<body><h1>Errors</h1><p>Every error is an <code>application/problem+json</code>. Decide by its <code>code</code>.</p>
${sections.join('\n')}
</body>
</html>
`;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
