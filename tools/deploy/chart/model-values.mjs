import {
  digest,
  kubernetes,
  list,
  matching,
  object,
  objectName,
  orEmpty,
  pullPolicy,
  relativePath,
  repository,
  resources,
  secretKey,
  size,
  tag,
  text,
  whole,
  words,
} from './schema-words.mjs';

/** A user and password before the host: refused by the templates, since a message of the schema repeats the value. */
const withUser = '^[^/]*//[^/]*@';
const packageName = matching('^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$', { maxLength: 200 });

const s3 = object({
  region: orEmpty(matching('^[a-z0-9-]+$')),
  endpointUrl: orEmpty(matching(`^https?://[^\\s,?#@/]+(/[^\\s,?#]*)?$|${withUser}`)),
  existingSecret: orEmpty(objectName),
  accessKeyIdKey: secretKey,
  secretAccessKeyKey: secretKey,
  sessionTokenKey: orEmpty(secretKey),
});

const copy = object({
  repository: orEmpty(repository),
  tag: orEmpty(tag),
  digest: orEmpty(digest),
  pullPolicy,
  command: list(text, { minItems: 1 }),
  env: list(kubernetes('io.k8s.api.core.v1.EnvVar')),
  envFrom: list(kubernetes('io.k8s.api.core.v1.EnvFromSource')),
  sizeLimit: size,
  resources,
});

/** The values under `models`. */
export const models = object({
  source: words('image', 'uri', 'volume'),
  only: list(packageName, { uniqueItems: true }),
  default: orEmpty(packageName),
  uri: object({
    // The templates say what is wrong with one: a message of the schema repeats the value, and a query may be a key.
    uris: list(text, { uniqueItems: true }),
    hosts: list(matching('^([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]+)?$'), { uniqueItems: true }),
    limitBytes: { anyOf: [{ const: 0 }, whole(1024, 2 ** 40)] },
    cacheSizeLimit: size,
    s3,
  }),
  volume: object({
    claim: orEmpty(objectName),
    subPath: orEmpty(relativePath),
    copy,
  }),
});
