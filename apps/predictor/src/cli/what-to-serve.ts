import {
  isSourceUri,
  readAllowedHosts,
  readSourceUri,
  sourceKey,
  type AllowedHosts,
  type OpenOptions,
  type SourceUri,
} from '@web-single/model-package';
import type { Settings } from '../config/settings.ts';
import { distinctlyShown } from './distinctly-shown.ts';

export interface WhatToServe {
  readonly paths: readonly string[];
  readonly uris: readonly SourceUri[];
  readonly allowedHosts: AllowedHosts;
}

/** Reads what is to be served, from the command line or `MODELS`; or every problem, without any secret. */
export function whatToServe(
  given: readonly string[],
  { MODELS, MODEL_SOURCE_HOSTS }: Pick<Settings, 'MODELS' | 'MODEL_SOURCE_HOSTS'>,
  { strict, name }: OpenOptions,
): WhatToServe | { readonly problems: readonly string[] } {
  const named = (given.length > 0 ? given : MODELS.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const read = named.filter(isSourceUri).map(readSourceUri);
  const uris = read.flatMap((one) => ('uri' in one ? [one.uri] : []));
  const allowed = readAllowedHosts(MODEL_SOURCE_HOSTS);
  const unpinned = strict === true ? uris.filter(({ pin }) => pin === undefined) : [];
  const twice = uris.filter((uri, index) => uris.findIndex((other) => sourceKey(other) === sourceKey(uri)) !== index);
  const problems = [
    ...(named.length === 0 ? ['Nothing to serve: name a package or an .onnx file, or set MODELS.'] : []),
    ...read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
    ...unpinned.map((uri) => `${uri.shown}: --strict wants a digest; add "#sha256=" and what it must deliver.`),
    ...twice.map((uri) => `${uri.shown}: is named twice.`),
    ...(name !== undefined && uris.length > 0 && named.length > 1
      ? [`--name names one model, but there are ${named.length} places.`]
      : []),
    ...allowed.problems.map((problem) => `Setting MODEL_SOURCE_HOSTS: ${problem}.`),
  ];
  if (problems.length > 0) return { problems };
  return {
    paths: named.filter((entry) => !isSourceUri(entry)),
    uris: distinctlyShown(uris),
    allowedHosts: allowed.hosts,
  };
}
