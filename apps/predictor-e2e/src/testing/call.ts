/** One HTTP exchange as a test wants to see it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // A reply's JSON has whatever shape the case under test expects; the assertions are what checks it.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

/** Sends a request and reads the whole reply; `json` is null where it is not JSON. */
export async function call(url: string, init?: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

/** POSTs rows to a model's typed route. */
export function predict(baseUrl: string, model: string, rows: readonly unknown[], query = ''): Promise<Reply> {
  return postJson(`${baseUrl}/v1/models/${model}/predict${query}`, JSON.stringify({ rows }));
}

export function postJson(url: string, body: BodyInit, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  return call(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
