import { describeFailure, failureLine, type FailedRow } from './row-failures.ts';
import type { RowCounts } from './predict-rows.ts';
import type { TextSink } from './text-sink.ts';

const MOST_TOLD = 5;

/** Rows without an answer: all of them in a file where there is one, else the first few in words. */
export class FailureReport implements AsyncDisposable {
  readonly #file: TextSink | undefined;
  readonly #tell: (text: string) => void;
  #told = 0;

  constructor(file: TextSink | undefined, tell: (text: string) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  async add(failed: readonly FailedRow[]): Promise<void> {
    if (this.#file !== undefined) return this.#file.write(failed.map(failureLine).join(''));
    for (const one of failed.slice(0, MOST_TOLD - this.#told)) this.#tell(describeFailure(one));
    this.#told = Math.min(MOST_TOLD, this.#told + failed.length);
  }

  /** The sum of it, where there is more than what was told. */
  end({ answered, failed }: RowCounts): void {
    if (failed === 0 || answered + failed === 1) return;
    const where = this.#file !== undefined || failed <= MOST_TOLD ? '' : ' --errors FILE writes all of them.';
    this.#tell(`${failed} of ${answered + failed} rows have no answer.${where}`);
  }

  /** Resolves once all of it is in the file. */
  async finish(): Promise<void> {
    await this.#file?.finish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.[Symbol.asyncDispose]();
  }
}
