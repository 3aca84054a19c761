const maxDistance = 3;
/** Longer names, and more candidates than these, are not compared: the time for a guess is bounded. */
const maxNameLength = 64;
const maxCandidates = 1000;

/**
 * The candidate that was probably meant: the same but for case and surrounding space, else the nearest by edits (insert,
 * delete, replace, swap), at most a third of the name and never more than three. `undefined` where nothing is near.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const index = nearestIndex(name, candidates);
  return index === undefined ? undefined : candidates[index];
}

/** Index of the candidate that was probably meant, as `nearestName`. */
export function nearestIndex(name: string, candidates: readonly (string | number | boolean)[]): number | undefined {
  if (name.length > maxNameLength) return undefined;
  const wanted = fold(name);
  const compared = candidates.slice(0, maxCandidates).map((candidate) => fold(String(candidate)));
  const same = compared.indexOf(wanted);
  if (same >= 0) return same;
  let limit = Math.min(maxDistance, Math.floor((wanted.length + 1) / 3));
  let nearest: number | undefined;
  compared.forEach((candidate, index) => {
    const distance = editDistance(wanted, candidate, limit);
    if (distance > limit) return;
    nearest = index;
    limit = distance - 1;
  });
  return nearest;
}

function fold(name: string): string {
  return name.trim().normalize().toLowerCase();
}

/** Levenshtein distance where swapped neighbours count once, row by row; any number over `limit` where it is more than that. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let leastBefore = 0;
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const replaced = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const swapped = isSwap && row > 1 && column > 1 ? beforePrevious[column - 2]! + 1 : Infinity;
      const distance = Math.min(replaced, swapped, previous[column]! + 1, current[column - 1]! + 1);
      current.push(distance);
      if (distance < least) least = distance;
    }
    // A row is made of the two before it: once both are over the limit, all that follow are.
    if (least > limit && leastBefore > limit) return limit + 1;
    [beforePrevious, previous, leastBefore] = [previous, current, least];
  }
  return previous[right.length]!;
}
