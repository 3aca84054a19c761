import { writeJson, type JsonValue } from '@web-single/contract';
import type { Signature } from '@web-single/signature';
import type { AnswerFormat } from './answer-format.ts';
import { keptNames, type AnsweredRow } from './answer-columns.ts';

/** One JSON object a line: what is passed on, then the outputs. */
export class NdjsonFormat implements AnswerFormat {
  readonly #kept: readonly (readonly [name: string, written: string])[];

  constructor({ output }: Signature, kept: readonly string[]) {
    const names = keptNames(kept, Object.keys(output));
    this.#kept = kept.map((name, index) => [name, names[index] ?? name]);
  }

  rows(answered: readonly AnsweredRow[]): string {
    return answered.map((row) => `${writeJson(this.#objectOf(row))}\n`).join('');
  }

  end(): string {
    return '';
  }

  #objectOf({ kept, outputs }: AnsweredRow): JsonValue {
    if (this.#kept.length === 0) return outputs;
    const passedOn = this.#kept.map(([name, written]) => [written, (kept[name] ?? null) as JsonValue]);
    return { ...Object.fromEntries(passedOn), ...outputs };
  }
}
