import { ContractError } from './contract-error.ts';
import { mayBeNumber, newNumbers, NumberRuns } from './json-numbers.ts';
import { scanNumber, scanString, skipSpace } from './json-tokens.ts';

export interface JsonLimits {
  /** Deepest nesting of arrays and objects; deeper bodies are refused before they cost a stack. */
  readonly maxDepth: number;
  /** Most values in all, arrays and objects included: a byte of text may cost fifty of memory. */
  readonly maxValues: number;
  /** Most elements of an array directly below the top level, as in `{"rows": [ … ]}`. */
  readonly maxRows: number;
  /** Integers beyond ±(2^53 − 1) become bigint instead of the nearest double. */
  readonly exactIntegers: boolean;
}

type Container = unknown[] | Record<string, unknown>;
/** What may come next. */
type Want = 'value' | 'value or ]' | 'name' | 'name or }' | 'comma' | 'end';

/** No 64-bit integer is longer; making a bigint of a million digits would take seconds. */
const MAX_INTEGER_LENGTH = 20;
/** No text takes more turns by its spaces and strings than by as many numbers. */
const CHARACTERS_A_TOKEN = 16;
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 44, 58, 91, 93, 123, 125];

/**
 * Reads a JSON text a few tokens at a time, so that a large one does not hold up an event loop. Strict: RFC 8259, and no
 * name twice in an object. Throws `ContractError`s that name a position, never content.
 */
export class JsonReader {
  /** What the text says, once `read` has returned true. */
  value: unknown;
  readonly #text: string;
  readonly #limits: JsonLimits;
  readonly #runs: NumberRuns;
  /** Arrays and objects not yet closed; each is part of the one before it already. */
  readonly #open: Container[] = [];
  /** The innermost of them, where it is an array and where it is an object. */
  #array: unknown[] | undefined;
  #object: Record<string, unknown> | undefined;
  #at = 0;
  #want: Want = 'value';
  /** Of the value read next in the innermost object. */
  #name = '';
  #values = 0;

  constructor(text: string, limits: JsonLimits) {
    this.#text = text;
    this.#limits = limits;
    this.#runs = new NumberRuns(text, limits.exactIntegers);
  }

  /** Reads at most `maxTokens` tokens, fewer where they are long or far apart; true when the text is read to its end. */
  read(maxTokens: number): boolean {
    const mostAt = this.#at + maxTokens * CHARACTERS_A_TOKEN;
    for (let tokens = 0; tokens < maxTokens; tokens += 1 + this.#readNumbers()) {
      this.#at = skipSpace(this.#text, this.#at, mostAt);
      if (this.#at >= mostAt) return false;
      if (this.#want === 'end') return this.#at === this.#text.length || this.#fault(this.#at);
      this.#readToken(this.#text.charCodeAt(this.#at));
    }
    return false;
  }

  /** Takes a run of numbers at once where the innermost array goes on with one; returns how many there were. */
  #readNumbers(): number {
    if (this.#array === undefined || this.#want === 'name' || this.#want === 'comma' || this.#want === 'end') return 0;
    const before = this.#array.length;
    const end = this.#runs.take(this.#at, this.#array);
    if (end === this.#at) return 0;
    const taken = this.#array.length - before;
    this.#count(taken);
    this.#checkRows(this.#array);
    this.#at = end;
    this.#want = 'comma';
    return taken;
  }

  #readToken(char: number): void {
    if (this.#want === 'comma' && char === COMMA) {
      this.#at += 1;
      this.#want = this.#array === undefined ? 'name' : 'value';
    } else if (char === (this.#array === undefined ? CLOSE_OBJECT : CLOSE_LIST) && this.#mayClose()) {
      this.#closeContainer();
    } else if (this.#want === 'comma') {
      this.#fault(this.#at);
    } else if (this.#want === 'name' || this.#want === 'name or }') {
      this.#readName(char);
    } else {
      this.#readValue(char);
    }
  }

  #mayClose(): boolean {
    return this.#open.length > 0 && this.#want !== 'value' && this.#want !== 'name';
  }

  #readName(char: number): void {
    const start = this.#at;
    if (char !== QUOTE) this.#fault(start);
    this.#name = this.#readString();
    if (this.#object !== undefined && Object.hasOwn(this.#object, this.#name)) {
      throw new ContractError('INVALID_REQUEST', `The body has a name twice in one object, at position ${start}.`);
    }
    this.#at = skipSpace(this.#text, this.#at);
    if (this.#text.charCodeAt(this.#at) !== COLON) this.#fault(this.#at);
    this.#at += 1;
    this.#want = 'value';
  }

  #readValue(char: number): void {
    if (char === OPEN_LIST) this.#openContainer(this.#isAtNumber(this.#at + 1) ? newNumbers() : []);
    else if (char === OPEN_OBJECT) this.#openContainer({});
    else if (char === QUOTE) this.#put(this.#readString());
    else if (mayBeNumber(char)) this.#put(this.#readNumber());
    else this.#put(this.#readLiteral());
  }

  #isAtNumber(at: number): boolean {
    return mayBeNumber(this.#text.charCodeAt(skipSpace(this.#text, at, at + CHARACTERS_A_TOKEN)));
  }

  #openContainer(container: Container): void {
    const { maxDepth } = this.#limits;
    if (this.#open.length === maxDepth) {
      throw new ContractError(
        'INVALID_REQUEST',
        `The JSON nesting depth exceeds maximum allowed limit (${maxDepth}) at position ${this.#at}.`,
      );
    }
    this.#at += 1;
    this.#put(container);
    this.#open.push(container);
    this.#enter(container);
    this.#want = this.#array === undefined ? 'name or }' : 'value or ]';
  }

  #closeContainer(): void {
    this.#at += 1;
    this.#open.pop();
    this.#enter(this.#open.at(-1));
    this.#want = this.#open.length === 0 ? 'end' : 'comma';
  }

  #enter(container: Container | undefined): void {
    this.#array = Array.isArray(container) ? container : undefined;
    this.#object = Array.isArray(container) ? undefined : container;
  }

  #readString(): string {
    const start = this.#at;
    const { end, ok, escaped } = scanString(this.#text, start);
    if (!ok) this.#fault(end);
    this.#at = end;
    // The native parser knows the escapes; without any, the text is its own value.
    return escaped ? (JSON.parse(this.#text.slice(start, end)) as string) : this.#text.slice(start + 1, end - 1);
  }

  #readNumber(): number | bigint {
    const start = this.#at;
    const { end, ok, integer } = scanNumber(this.#text, start);
    if (!ok) this.#fault(end);
    this.#at = end;
    const digits = this.#text.slice(start, end);
    const value = Number(digits);
    const isLost = integer && !Number.isSafeInteger(value) && digits.length <= MAX_INTEGER_LENGTH;
    return this.#limits.exactIntegers && isLost ? BigInt(digits) : value;
  }

  #readLiteral(): unknown {
    const literal = LITERALS.find(([word]) => this.#text.startsWith(word, this.#at));
    if (literal === undefined) return this.#fault(this.#at);
    this.#at += literal[0].length;
    return literal[1];
  }

  /** Makes a value part of the innermost container. */
  #put(value: unknown): void {
    this.#count(1);
    this.#want = 'comma';
    if (this.#array !== undefined) {
      this.#array.push(value);
      this.#checkRows(this.#array);
    } else if (this.#object !== undefined) setOwn(this.#object, this.#name, value);
    else {
      this.value = value;
      this.#want = 'end';
    }
  }

  #count(values: number): void {
    this.#values += values;
    if (this.#values > this.#limits.maxValues) tooLarge(`The body has more than ${this.#limits.maxValues} values`);
  }

  #checkRows(array: readonly unknown[]): void {
    const { maxRows } = this.#limits;
    if (array.length > maxRows && this.#open.length === 2) tooLarge(`The request has more than ${maxRows} rows`);
  }

  #fault(at: number): never {
    throw new ContractError('INVALID_REQUEST', `The body is not valid JSON at position ${at}.`);
  }
}

function tooLarge(what: string): never {
  throw new ContractError('PAYLOAD_TOO_LARGE', `${what}: split it.`);
}

/** An assignment to `__proto__` would change the object instead of adding a property. */
function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else object[name] = value;
}
