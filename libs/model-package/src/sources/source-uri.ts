import { legalName } from '../package-name.ts';

/** A model elsewhere, as `MODELS` names it. */
export interface SourceUri {
  /** One ONNX file; a tar archive of packages; the files of a package or of a folder of packages. */
  readonly shape: 'file' | 'archive' | 'package';
  readonly location: HttpLocation | S3Location;
  /** sha256 in hex: of the bytes of a file or archive, of the package otherwise. */
  readonly pin?: string;
  /** The URI without user, query and fragment: for logs and answers. */
  readonly shown: string;
  /** The model's name where its manifest gives none. */
  readonly modelName: string;
}

export interface HttpLocation {
  readonly scheme: 'http';
  /** Without user and fragment. */
  readonly url: URL;
  /** The host as it was written: a URL normalizes odd notations of addresses. */
  readonly writtenHost: string;
  /** Basic credentials of the URI's user part. */
  readonly authorization?: string;
}

export interface S3Location {
  readonly scheme: 's3';
  readonly bucket: string;
  /** Of one object, or the prefix of many. */
  readonly key: string;
}

export type ReadSourceUri = { readonly uri: SourceUri } | { readonly problem: string };

/** True for anything with a scheme: such an entry of `MODELS` is no path. */
export function isSourceUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\//i.test(text);
}

/** Reads `https://…` and `s3://…`, or says why they cannot be a source; the problem repeats no secret. */
export function readSourceUri(text: string): ReadSourceUri {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const [, address = '', fragment] = /^([^#]*)(?:#(.*))?$/s.exec(text) ?? [];
  const pin = /^sha256=([0-9a-f]{64})$/i.exec(fragment ?? '')?.[1]?.toLowerCase();
  if (fragment !== undefined && pin === undefined)
    return { problem: `${redact(address)}: expected "#sha256=" and 64 hexadecimal digits after the address.` };
  if (scheme === 's3') return readS3(address, pin);
  if (scheme === 'https' || scheme === 'http') return readHttp(address, pin);
  return { problem: `${scheme}:// is no source of models: use https:// or s3://, or a path.` };
}

function readHttp(address: string, pin: string | undefined): ReadSourceUri {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:\/\//i.test(address)) return { problem: `${redact(address)}: is no address.` };
  if (isPasswordCut(address.slice(address.indexOf('://') + 3)))
    return {
      problem: `${redact(address)}: a "/", "?", "#" or "@" that is part of it must be encoded (%2F, %3F, %23, %40).`,
    };
  const shown = redact(url.href);
  const authorization = basic(url);
  url.username = '';
  url.password = '';
  const segments = url.pathname.split('/').map(decode);
  const file = segments.at(-1) ?? '';
  const shape = shapeOf(file);
  if (shape === undefined)
    return { problem: `${shown}: expected the address of model.yaml, of an .onnx file or of a .tar, .tar.gz or .tgz.` };
  const modelName = legalName(shape === 'package' ? (segments.at(-2) ?? '') : withoutExtension(file));
  const location: HttpLocation = {
    scheme: 'http',
    url,
    writtenHost: writtenHost(address),
    ...(authorization === undefined ? {} : { authorization }),
  };
  return { uri: { shape, location, shown, modelName, ...(pin === undefined ? {} : { pin }) } };
}

function readS3(address: string, pin: string | undefined): ReadSourceUri {
  const [, bucket, path = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/i.exec(address) ?? [];
  const shown = redact(address);
  // eslint-disable-next-line no-control-regex
  if (bucket === undefined || /[\u0000-\u001f\u007f]/.test(path))
    return { problem: `${shown}: expected s3://bucket/key or s3://bucket/prefix.` };
  const file = path.split('/').at(-1) ?? '';
  const oneObject = file === 'model.yaml' ? undefined : shapeOf(file);
  const key = file === 'model.yaml' ? path.slice(0, -file.length) : path;
  const folder =
    key
      .split('/')
      .filter((segment) => segment !== '')
      .at(-1) ?? bucket;
  return {
    uri: {
      shape: oneObject ?? 'package',
      location: { scheme: 's3', bucket, key: oneObject === undefined ? asPrefix(key) : key },
      shown,
      modelName: legalName(oneObject === undefined ? folder : withoutExtension(file)),
      ...(pin === undefined ? {} : { pin }),
    },
  };
}

function asPrefix(key: string): string {
  return key === '' || key.endsWith('/') ? key : `${key}/`;
}

function shapeOf(file: string): SourceUri['shape'] | undefined {
  if (file === 'model.yaml') return 'package';
  if (/.\.onnx$/i.test(file)) return 'file';
  return /.\.(tar|tar\.gz|tgz)$/i.test(file) ? 'archive' : undefined;
}

function withoutExtension(file: string): string {
  return file.replace(/\.(onnx|tar|tar\.gz|tgz)$/i, '');
}

/** The host as written, without user and port. */
export function writtenHost(address: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:[\\/]*([^\\/?#]*)/i.exec(address)?.[1] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
}

/** An address as it may be shown: no user, no query, no fragment, no control characters. */
export function redact(address: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/*)(.*)$/is.exec(address) ?? [];
  if (!/^s3:/i.test(scheme) && isPasswordCut(rest)) return `${scheme}…`;
  const [place = '', query] = rest.split(/[?#]/, 2);
  const authority = /^[^/\\]*/.exec(place)?.[0] ?? '';
  const shown = authority.slice(authority.lastIndexOf('@') + 1) + place.slice(authority.length);
  return `${scheme}${shown.slice(0, 200)}${query === undefined ? '' : '?…'}`.replaceAll(/[^\x20-\x7e…]/g, '?');
}

/** True where a password may hold one of "/?#" unencoded: what lies before its "@" is then no path. */
function isPasswordCut(rest: string): boolean {
  const [authority = '', path = ''] = [/^[^/\\?#]*/.exec(rest)?.[0], /^[^?#]*/.exec(rest)?.[0]];
  if (authority.includes('@')) return false;
  return path.includes('@') || (authority.includes(':') && rest.includes('@'));
}

function basic({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
