import { expect, it } from 'vitest';
import { quotientOf } from './decimal-quotient.ts';

/** Every fraction that is a best approximation of `a / b` from one side: its convergents and what lies between them. */
function* approximations(a: bigint, b: bigint): Generator<{ p: bigint; q: bigint }> {
  let [p0, q0, p1, q1] = [0n, 1n, 1n, 0n];
  for (let [x, y] = [a, b]; y !== 0n;) {
    const term = x / y;
    for (let step = 1n; step <= term && step < 50n; step += 1n) yield { p: p0 + step * p1, q: q0 + step * q1 };
    [p0, q0, p1, q1] = [p1, q1, p0 + term * p1, q0 + term * q1];
    [x, y] = [y, x % y];
  }
}

const [MOST, LEAST, HALFWAY] = [10n ** 18n, 10n ** 15n, 2n ** 53n];

/** Mantissas of 16 to 18 digits whose quotient by 10^power is nearest to a point halfway between two doubles, which has 54 bits and is odd. */
function* nearlyHalfway(power: bigint): Generator<bigint> {
  for (let shift = 0n; shift < 85n; shift += 1n)
    for (const { p, q } of approximations(10n ** power, 2n ** shift)) {
      if (q > 2n * HALFWAY || q % 2n === 0n) continue;
      const factor = (HALFWAY / q) | 1n;
      const mantissa = p * factor;
      if (q * factor >= HALFWAY && q * factor < 2n * HALFWAY && mantissa >= LEAST && mantissa < MOST) yield mantissa;
    }
}

it('is the nearest double where two are nearly as near', () => {
  let count = 0;
  for (let power = 1n; power <= 22n; power += 1n)
    for (const mantissa of nearlyHalfway(power)) {
      const digits = String(mantissa);
      const next = digits.slice(9);
      const quotient = quotientOf(Number(digits.slice(0, 9)), 10 ** next.length, Number(next), Number(`1e${power}`));
      if (quotient !== Number(`${digits}e-${power}`)) expect.unreachable(`${digits}e-${power} became ${quotient}`);
      count += 1;
    }
  expect(count).toBeGreaterThan(1000);
});
