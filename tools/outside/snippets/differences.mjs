const TOLERANCE = 1e-5;

/** Where an answer is not what it must be: numbers within the tolerance of the golden cases, all else the same. */
export function differences(expected, answer, path = '') {
  if (typeof expected === 'number' || typeof expected === 'bigint') return differingNumbers(expected, answer, path);
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(expected, answer) ? [] : [`${path}: expected ${show(expected)}, got ${show(answer)}`];
  }
  if (typeof answer !== 'object' || answer === null)
    return [`${path}: expected ${show(expected)}, got ${show(answer)}`];
  return Object.entries(expected).flatMap(([name, value]) => differences(value, answer[name], `${path}/${name}`));
}

function differingNumbers(expected, answer, path) {
  if (typeof expected === 'bigint' && typeof answer === 'bigint') {
    return expected === answer ? [] : [`${path}: expected ${expected}, got ${answer}`];
  }
  const [left, right] = [Number(expected), Number(answer)];
  const isNumber = typeof answer === 'number' || typeof answer === 'bigint';
  const isClose = left === right || Math.abs(left - right) <= TOLERANCE + TOLERANCE * Math.abs(left);
  return isNumber && isClose ? [] : [`${path}: expected ${show(expected)}, got ${show(answer)}`];
}

function show(value) {
  return typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)?.slice(0, 300);
}
