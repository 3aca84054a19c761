import type { ModelDescription } from '../server/model-description.ts';

export interface SnippetCall {
  readonly baseUrl: string;
  readonly grpcTarget: string | undefined;
  readonly description: ModelDescription;
  readonly row: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, { readonly fileName: string; readonly mediaType: string }>>;
}

export interface Snippet {
  readonly id: 'typescript' | 'curl' | 'python' | 'grpcurl';
  readonly title: string;
  readonly language: string;
  readonly code: string;
  readonly note?: string;
}

/** The same call in the languages of those who will make it. */
export function snippetsOf({ baseUrl, description, row, files }: SnippetCall): readonly Snippet[] {
  const path = `${baseUrl}/v1/models/${encodeURIComponent(description.name)}/predict`;
  const parts = Object.entries(row).map(([name, value]) =>
    files[name] === undefined ? [name, value] : [name, { base64: '…' }],
  );
  const body = JSON.stringify({ rows: [Object.fromEntries(parts)] }).replaceAll("'", "'\\''");
  const code = `curl -s '${path}' -H 'content-type: application/json' \\\n  -d '${body}'`;
  return [{ id: 'curl', title: 'curl', language: 'bash', code }];
}
