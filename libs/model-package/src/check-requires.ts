import type { PackageProblem } from './package-error.ts';

/**
 * Checks a manifest's `requires` against the components' versions. A range is `1.2.3` (exactly), `^1.2.3` (no breaking
 * change: up to the next major, below 1.0.0 the next minor), `~1.2.3` (up to the next minor), `>=1.2.3`, or several of
 * them separated by spaces, all of which must hold. Parts left out are 0; a pre-release is its release.
 */
export function checkRequires(
  requires: Readonly<Record<string, string>>,
  versions: Readonly<Record<string, string>>,
): PackageProblem[] {
  return Object.entries(requires).flatMap(([component, range]) => {
    const message = requirementProblem(component, range, versions);
    return message === undefined ? [] : [{ where: `model.yaml /requires/${component}`, message }];
  });
}

function requirementProblem(
  component: string,
  range: string,
  versions: Readonly<Record<string, string>>,
): string | undefined {
  const has = Object.hasOwn(versions, component) ? versions[component] : undefined;
  if (has === undefined) return `There is no component "${component}"; there are ${Object.keys(versions).join(', ')}.`;
  const satisfied = satisfiesRange(has, range);
  if (satisfied === undefined)
    return `"${range}" is no version range; expected "1.2.3", "^1.2.3", "~1.2.3" or ">=1.2.3".`;
  if (satisfied) return undefined;
  return `The model requires ${component} ${range}, this server has ${has}. Upgrade the server or use a version of the model made for ${has}.`;
}

type Version = readonly [major: number, minor: number, patch: number];

/** True where the version is in the range, undefined where the range cannot be read. */
export function satisfiesRange(version: string, range: string): boolean | undefined {
  const has = parseVersion(version);
  const parts = range.trim().split(/\s+/).map(parseComparator);
  if (has === undefined || parts.some((part) => part === undefined)) return undefined;
  return parts.every(
    (part) =>
      part !== undefined && compare(has, part.from) >= 0 && (part.below === undefined || compare(has, part.below) < 0),
  );
}

function parseComparator(text: string): { from: Version; below?: Version } | undefined {
  const match = /^(\^|~|>=|=)?v?(\d.*)$/.exec(text);
  const from = parseVersion(match?.[2] ?? '');
  if (match === null || from === undefined) return undefined;
  const [major, minor, patch] = from;
  const nextMinor: Version = [major, minor + 1, 0];
  switch (match[1]) {
    case '>=':
      return { from };
    case '^':
      return { from, below: major > 0 ? [major + 1, 0, 0] : minor > 0 ? nextMinor : [0, 0, patch + 1] };
    case '~':
      return { from, below: nextMinor };
    default:
      return { from, below: [major, minor, patch + 1] };
  }
}

function parseVersion(text: string): Version | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:[-+][0-9A-Za-z.+-]+)?$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

function compare(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
