import { compareOutput } from '@web-single/model-package';
import type { Row } from '@web-single/tensor';
import type { Dialect } from '../dialects/dialect.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';
import { WrongAnswerError } from './lane.ts';

/** So many right answers to one request are remembered: batches of other sizes may end in other last digits. */
const remembered = 8;

/**
 * Holds every answer to one request against its golden outputs. The part of a right answer between its first and its last
 * bracket is remembered, so that the generator compares bytes and need not parse the same numbers again.
 */
export class AnswerCheck {
  readonly #right: Buffer[] = [];
  readonly #dialect: Dialect;
  readonly #workload: Workload;
  readonly #case: Case;

  constructor(dialect: Dialect, workload: Workload, wanted: Case) {
    this.#dialect = dialect;
    this.#workload = workload;
    this.#case = wanted;
  }

  check(body: Buffer): void {
    const isText = body[0] === 0x7b && body.at(-1) === 0x7d;
    const part = isText ? body.subarray(body.indexOf('['), body.lastIndexOf(']') + 1) : body;
    if (this.#right.some((known) => known.equals(part))) return;
    const predictions = this.#read(body);
    requireRight(this.#case, predictions);
    if (this.#right.length < remembered) this.#right.push(Buffer.from(part));
  }

  #read(body: Buffer): readonly Record<string, unknown>[] {
    try {
      return this.#dialect.predictions(this.#workload, body);
    } catch {
      throw new WrongAnswerError(`Expected predictions, got ${body.toString('utf8', 0, 300)}`);
    }
  }
}

/** Throws what is wrong with predictions. */
export function requireRight({ outputs, tolerance }: Case, predictions: readonly Record<string, unknown>[]): void {
  if (predictions?.length !== outputs.length) {
    throw new WrongAnswerError(`Expected ${outputs.length} predictions, got ${predictions?.length}.`);
  }
  outputs.forEach((output, row) => {
    const [difference] = compareOutput(output, predictions[row] as Row, tolerance);
    if (difference) throw new WrongAnswerError(`Row ${row}: ${difference.message}`);
  });
}
