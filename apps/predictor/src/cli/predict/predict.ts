import { statSync } from 'node:fs';
import { plainText } from '../plain-text.ts';
import { PackageError, type OpenOptions } from '@web-single/model-package';
import { EXIT } from '../exit-codes.ts';
import { NetworkError } from '../fetch-descriptions.ts';
import { printProblems } from '../print-problems.ts';
import { createFormat, outputKind, type OutputKind } from './answer-format.ts';
import { CallError, type Answerer } from './answerer.ts';
import { FailureReport } from './failure-report.ts';
import { findAnswerer } from './find-answerer.ts';
import { InputError } from './input-row.ts';
import { openInput, type OpenedInput } from './open-input.ts';
import type { RowFormat } from './find-kinds.ts';
import { refuseCall } from './refuse-call.ts';
import { predictRows, type RowCounts } from './predict-rows.ts';
import { ProgressBar } from './progress-bar.ts';
import { STANDARD_INPUT, type ReadCounter } from './read-bytes.ts';
import { Interruption } from './interruption.ts';
import { FileSink } from './file-sink.ts';
import { StreamSink } from './stream-sink.ts';
import type { TextSink } from './text-sink.ts';
import { howToAsk } from './how-to-ask.ts';

export interface PredictOptions {
  /** MODEL and INPUT…; with a URL the model may be left out. */
  readonly words: readonly string[];
  readonly url?: string | undefined;
  readonly fields: readonly string[];
  readonly format?: RowFormat | undefined;
  readonly separator?: string | undefined;
  readonly keep: readonly string[];
  readonly missing: readonly string[];
  readonly output?: OutputKind | undefined;
  readonly out?: string | undefined;
  readonly errors?: string | undefined;
  readonly onError: 'fail' | 'skip';
  readonly concurrency: number;
  readonly importOptions: OpenOptions;
  readonly distFolder: string;
}

/** `predictor predict`: answers rows; returns the exit code. */
export async function predict(options: PredictOptions): Promise<number> {
  using interruption = new Interruption();
  // The answers are worth as much where nobody reads what is said of them.
  process.stderr.on('error', () => undefined);
  try {
    const { words, url, concurrency: callsAtOnce, importOptions, distFolder } = options;
    const choice = { words, url, callsAtOnce, importOptions, distFolder, signal: interruption.signal, onNote: note };
    const [first, ...rest] = words;
    const named = { ...options, model: url === undefined ? first : undefined };
    await refuseCall({ ...named, files: url !== undefined && first === STANDARD_INPUT ? words : rest });
    const { answerer, files } = await findAnswerer(choice);
    await using _closedAtEnd = answerer;
    // Only now it is known that the first word names no model.
    if (files.length > rest.length) await refuseCall({ ...named, files });
    return await answer(answerer, files, options, interruption);
  } catch (error) {
    if (interruption.hasCome) return EXIT.interrupted;
    return codeOf(error, options);
  }
}

async function answer(
  answerer: Answerer,
  files: readonly string[],
  options: PredictOptions,
  interruption: Interruption,
): Promise<number> {
  const { out, errors, fields } = options;
  if (files.length === 0 && fields.length === 0 && Object.values(answerer.signature.input).length > 0)
    throw new InputError(howToAsk(answerer, namedAs(answerer, options)));
  const counter: ReadCounter = { bytes: 0 };
  const source = { stdin: process.stdin, signal: interruption.signal, counter };
  const { signature, unnamedColumns } = answerer;
  const input = await openInput({ ...options, files }, { signature, unnamedColumns, source, onNote: note });
  await using sink = out === undefined ? new StreamSink(process.stdout) : new FileSink(out);
  await using report = new FailureReport(errors === undefined ? undefined : new FileSink(errors), note);
  const bar = out !== undefined || !process.stdout.isTTY ? progressBar(files) : undefined;
  const counts = await run(answerer, input, { options, sink, report, interruption, bar, counter });
  const isWhole = !interruption.hasCome;
  if (isWhole || counts.answered > 0) await sink.finish();
  if (isWhole || counts.failed > 0) await report.finish();
  if (!isWhole) {
    note(`Ended after ${counts.answered} answers.`);
    return EXIT.interrupted;
  }
  report.end(counts);
  if (out !== undefined) note(`Wrote ${counts.answered} answers to ${out}.`);
  return counts.failed > 0 && options.onError === 'fail' ? EXIT.rowsFailed : EXIT.ok;
}

/** The model as words of the command line. */
function namedAs({ name }: Answerer, { url, words }: PredictOptions): string {
  return url === undefined ? (words[0] ?? name) : `--url ${url} ${name}`;
}

interface RunParts {
  readonly options: PredictOptions;
  readonly sink: TextSink;
  readonly report: FailureReport;
  readonly interruption: Interruption;
  readonly bar: ProgressBar | undefined;
  readonly counter: ReadCounter;
}

async function run(answerer: Answerer, { rows, kept }: OpenedInput, parts: RunParts): Promise<RowCounts> {
  const { options, sink, report, interruption, bar, counter } = parts;
  const hasColors = options.out === undefined && process.stdout.isTTY && process.stdout.hasColors();
  const kind = outputKind(options.output, options.out, process.stdout.isTTY);
  const format = createFormat(kind, { signature: answerer.signature, kept, hasColors });
  try {
    return await predictRows({
      answerer,
      rows,
      format,
      sink,
      onFailures: async (failed) => {
        bar?.clear();
        await report.add(failed);
      },
      onProgress: ({ answered, failed }) => bar?.show({ rows: answered + failed, failed, bytes: counter.bytes }),
      signal: interruption.signal,
      waiting: {
        random: Math.random,
        wait: (delayMs) => interruption.wait(delayMs),
        isOver: () => interruption.hasCome,
      },
    });
  } finally {
    bar?.clear();
  }
}

/** Only for a person: on a terminal that the answers do not go to. */
function progressBar(files: readonly string[]): ProgressBar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const isKnown = files.every((file) => file !== STANDARD_INPUT && statSync(file).isFile());
  return new ProgressBar({
    write: (text) => void process.stderr.write(text),
    hasColors: process.stderr.hasColors(),
    totalBytes: isKnown ? files.reduce((sum, file) => sum + statSync(file).size, 0) : undefined,
    now: () => performance.now(),
  });
}

function codeOf(error: unknown, { words }: PredictOptions): number {
  if (error instanceof PackageError) {
    printProblems(`"${words[0]}" cannot be asked:`, error);
    return EXIT.invalidModel;
  }
  if (!(error instanceof InputError || error instanceof NetworkError || error instanceof CallError)) throw error;
  note(error.message);
  if (error instanceof InputError) return EXIT.usage;
  return error instanceof NetworkError || error.code === 'CONNECTION_FAILED' ? EXIT.network : EXIT.failure;
}

function note(text: string): void {
  process.stderr.write(`${plainText(text)}\n`);
}
