import { quotientOf } from './decimal-quotient.ts';

/** Significant digits in each of the two integers that a number is gathered in: both stay below 2^30. */
const PART_DIGITS = 9;
/** So many are exact in a double. */
const EXACT_DIGITS = 15;
/** The last power of ten that is exact in a double. */
const MAX_EXACT_POWER = 22;
const POWERS = Float64Array.from({ length: MAX_EXACT_POWER + 1 }, (_, power) => Number(`1e${power}`));
const [PLUS, MINUS, POINT, ZERO, SMALL_E] = [43, 45, 46, 48, 101];

/**
 * Reads numbers of a JSON text (RFC 8259, section 6) to the double that `JSON.parse` gives, bit for bit. Those of up to 18 digits by
 * arithmetic that rounds once (Clinger 1990, "How to Read Floating Point Numbers Accurately"), the others by the engine.
 */
export class Decimal {
  /** Behind the number read last. */
  end = 0;
  readonly #text: string;
  /** The first nine significant digits of what is being read, the next nine, and how many there are in all. */
  #first = 0;
  #next = 0;
  #digits = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The number at `start`. Undefined where there is none, or an integer too long to be sure of. */
  read(start: number): number | undefined {
    const isNegative = this.#text.charCodeAt(start) === MINUS;
    const whole = isNegative ? start + 1 : start;
    this.#first = this.#next = this.#digits = 0;
    this.end = whole;
    const wholeDigits = this.#takeDigits();
    if (wholeDigits === 0 || (wholeDigits > 1 && this.#text.charCodeAt(whole) === ZERO)) return undefined;
    const point = this.end;
    const fractionDigits = this.#takeFraction();
    const exponent = this.#takeExponent();
    if (fractionDigits === undefined || exponent === undefined) return undefined;
    if (this.end === point && this.#digits > EXACT_DIGITS) return undefined;
    const value = this.#valueOf(exponent - fractionDigits) ?? Number(this.#text.slice(whole, this.end));
    return isNegative ? -value : value;
  }

  /** Takes what digits there are; returns their number, leading zeros included. */
  #takeDigits(): number {
    const text = this.#text;
    const start = this.end;
    let at = start;
    let first = this.#first;
    let next = this.#next;
    let digits = this.#digits;
    for (; ; at += 1) {
      const digit = text.charCodeAt(at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      if (digits < PART_DIGITS) first = first * 10 + digit;
      else if (digits < 2 * PART_DIGITS) next = next * 10 + digit;
      if (first !== 0) digits += 1;
    }
    this.end = at;
    this.#first = first;
    this.#next = next;
    this.#digits = digits;
    return at - start;
  }

  /** How many digits there are behind a point; undefined where there is a point and no digit. */
  #takeFraction(): number | undefined {
    if (this.#text.charCodeAt(this.end) !== POINT) return 0;
    this.end += 1;
    const count = this.#takeDigits();
    return count === 0 ? undefined : count;
  }

  /** 0 without one; undefined where it has no digit. */
  #takeExponent(): number | undefined {
    if ((this.#text.charCodeAt(this.end) | 32) !== SMALL_E) return 0;
    const sign = this.#text.charCodeAt(this.end + 1);
    let at = this.end + (sign === PLUS || sign === MINUS ? 2 : 1);
    const start = at;
    let exponent = 0;
    for (; ; at += 1) {
      const digit = this.#text.charCodeAt(at) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      exponent = Math.min(exponent * 10 + digit, 10_000);
    }
    this.end = at;
    if (at === start) return undefined;
    return sign === MINUS ? -exponent : exponent;
  }

  /** What was gathered, times 10 to the power of `exponent`; undefined where doubles cannot hold the way there. */
  #valueOf(exponent: number): number | undefined {
    const digits = this.#digits;
    const power = Math.abs(exponent);
    if (digits > 2 * PART_DIGITS || power > MAX_EXACT_POWER) return undefined;
    const scale = POWERS[Math.max(0, digits - PART_DIGITS)]!;
    if (digits > EXACT_DIGITS)
      return exponent > 0 ? undefined : quotientOf(this.#first, scale, this.#next, POWERS[power]!);
    const mantissa = this.#first * scale + this.#next;
    return exponent < 0 ? mantissa / POWERS[power]! : mantissa * POWERS[power]!;
  }
}
