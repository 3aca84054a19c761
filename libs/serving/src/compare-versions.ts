/** Orders integers and semver versions: `2 < 10`, `1.2.0 < 1.10.0`, `1.0.0-rc.1 < 1.0.0`. */
export function compareVersions(left: string, right: string): number {
  const [leftCore = '', leftPre] = splitOnce(left, '-');
  const [rightCore = '', rightPre] = splitOnce(right, '-');
  const byCore = compareParts(leftCore.split('.'), rightCore.split('.'));
  if (byCore !== 0) return byCore;
  if (leftPre === undefined || rightPre === undefined)
    return Number(leftPre === undefined) - Number(rightPre === undefined);
  return compareParts(leftPre.split('.'), rightPre.split('.'));
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = comparePart(left[index] ?? '', right[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string, right: string): number {
  const numeric = /^\d+$/;
  if (numeric.test(left) && numeric.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : Number(left > right);
}
