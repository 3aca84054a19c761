const namePattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;
const versionPattern =
  /^(0|[1-9]\d{0,14}|(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?)$/;

/** Names that a path of the Open Inference Protocol has already. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['stats']);

export const defaultVersion = '1';

/** Why a model's name cannot be used, or undefined where it can: it stands in URLs, file names and metrics. */
export function nameProblem(name: string): string | undefined {
  if (RESERVED_NAMES.has(name.toLowerCase()))
    return `Model name ${JSON.stringify(name)} is reserved: "/v2/models/${name}" is a route of its own. Set "name" in model.yaml or use --name.`;
  if (namePattern.test(name)) return undefined;
  return `Model name ${JSON.stringify(name.slice(0, 80))} is not legal: 1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot. Set "name" in model.yaml or use --name.`;
}

/** Why a version cannot be used, or undefined where it can: an integer or a semantic version. */
export function versionProblem(version: string): string | undefined {
  if (version.length <= 64 && versionPattern.test(version)) return undefined;
  const shown = JSON.stringify(version.slice(0, 80));
  if (/^(latest|default|active|stable)$/i.test(version))
    return `Version ${shown} is reserved; name a released version.`;
  return `Version ${shown} is not legal: expected an integer ("3") or a semantic version ("1.2.0").`;
}

/** The nearest legal name to a file's or folder's: other characters become "-". */
export function legalName(given: string): string {
  return (
    given
      .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 64) || 'model'
  );
}
