import { openPackage } from '@web-single/model-package';
import { postRequest } from '../http-connection.ts';

/** The package's own golden cases as requests of one row: what callers send. */
export async function goldenRequests(
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly Uint8Array[]> {
  const { name, golden } = await openPackage(path);
  const url = `/v1/models/${name}/predict`;
  return (golden?.cases ?? []).map(({ input }) => {
    const row = Object.fromEntries(Object.entries(input as object).map(([field, value]) => [field, asJson(value)]));
    return postRequest(url, 'application/json', Buffer.from(JSON.stringify({ rows: [row] })), headers);
  });
}

function asJson(value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}
