import { modelDescriptionSchema, type ModelDescription } from '@web-single/contract';
import { z } from 'zod';

/** A predictor that could not be reached, or that does not answer as one. */
export class NetworkError extends Error {}

const TIMEOUT_MS = 10_000;
/** A description holds a card and examples with their pictures. */
const MOST_ANSWER_BYTES = 64 * 1024 ** 2;
const CALLS_AT_ONCE = 16;
const listSchema = z.object({ models: z.array(z.object({ name: z.string() })) });

/** Descriptions of every model of a running predictor, by name. Throws `NetworkError`. */
export async function fetchDescriptions(baseUrl: string): Promise<ModelDescription[]> {
  const base = baseUrl.replace(/\/+$/, '');
  if (hasCredentials(base)) throw new NetworkError('A URL with a user or password in it is not asked: leave them out.');
  const { models } = await fetchJson(`${base}/v1/models`, listSchema);
  const names = [...new Set(models.map(({ name }) => name))];
  const descriptions: ModelDescription[] = [];
  for (let start = 0; start < names.length; start += CALLS_AT_ONCE) {
    const some = names.slice(start, start + CALLS_AT_ONCE);
    descriptions.push(...(await Promise.all(some.map((name) => fetchDescription(base, name)))));
  }
  return descriptions;
}

async function fetchDescription(base: string, name: string): Promise<ModelDescription> {
  const url = `${base}/v1/models/${encodeURIComponent(name)}`;
  const description = await fetchJson(url, modelDescriptionSchema);
  if (description.name === name) return description;
  throw new NetworkError(`${url} describes another model than the one it was asked for.`);
}

function hasCredentials(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {};
  return username !== '' || password !== '';
}

async function fetchJson<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new NetworkError(`No predictor answers at ${url}: ${cause}.`);
  });
  if (!response.ok) throw new NetworkError(`${url} answered ${response.status}; expected 200.`);
  const parsed = schema.safeParse(await readJson(response, url));
  if (!parsed.success) throw new NetworkError(`${url} does not answer as a web-single predictor of this version.`);
  return parsed.data;
}

/** Null for what is no JSON, or breaks off. */
async function readJson(response: Response, url: string): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const piece of response.body ?? []) {
      sizeBytes += piece.length;
      if (sizeBytes > MOST_ANSWER_BYTES) break;
      pieces.push(piece);
    }
    if (sizeBytes <= MOST_ANSWER_BYTES) return JSON.parse(Buffer.concat(pieces).toString());
  } catch {
    return null;
  }
  throw new NetworkError(`${url} answers more than ${MOST_ANSWER_BYTES} bytes: expected a description of a model.`);
}
