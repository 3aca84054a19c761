import type { BatchStatistic, ModelStatistics, StatisticDuration, StatisticName } from '@web-single/contract';
import { servingChannels, type BatchEvent, type PredictionEvent } from '@web-single/serving';

const NS_PER_MS = 1e6;

/** A count and a sum that grow. */
class Duration {
  #count = 0;
  #sumMs = 0;

  add(durationMs: number): void {
    this.#count += 1;
    this.#sumMs += durationMs;
  }

  read(): StatisticDuration {
    return { count: this.#count, ns: Math.round(this.#sumMs * NS_PER_MS) };
  }
}

/** What the statistics extension tells of one model version since it was loaded. */
class Tally {
  lastAtMs = 0;
  rows = 0;
  runs = 0;
  readonly durations: Readonly<Record<StatisticName, Duration>> = {
    success: new Duration(),
    fail: new Duration(),
    queue: new Duration(),
    compute_input: new Duration(),
    compute_infer: new Duration(),
    compute_output: new Duration(),
    cache_hit: new Duration(),
    cache_miss: new Duration(),
  };

  readonly batches = new Map<number, Readonly<Record<'input' | 'infer' | 'output', Duration>>>();

  countPrediction({ code, rows, durationMs, timing }: PredictionEvent): void {
    this.lastAtMs = performance.timeOrigin + performance.now();
    if (code !== 'OK' || timing === undefined) return this.durations.fail.add(durationMs);
    this.rows += rows;
    this.durations.success.add(durationMs);
    this.durations.queue.add(timing.queueMs);
    this.durations.compute_input.add(timing.preprocessMs);
    this.durations.compute_infer.add(timing.inferMs);
    this.durations.compute_output.add(timing.postprocessMs);
  }

  countBatch({ rows, beforeMs, runMs, afterMs }: BatchEvent): void {
    this.runs += 1;
    const batch = this.batches.get(rows) ?? { input: new Duration(), infer: new Duration(), output: new Duration() };
    this.batches.set(rows, batch);
    batch.input.add(beforeMs);
    batch.infer.add(runMs);
    batch.output.add(afterMs);
  }
}

/** Counts what the statistics extension of the Open Inference Protocol asks for; fed by the serving channels, kept per loaded version. */
export class InferenceStatistics {
  readonly #tallies = new Map<string, Tally>();
  /** Only of versions that are loaded: names of callers never make an entry. */
  readonly #isLoaded: (model: string, version: string) => boolean;

  constructor(isLoaded: (model: string, version: string) => boolean) {
    this.#isLoaded = isLoaded;
  }

  /** Starts listening to the serving channels; the returned function stops it. */
  subscribe(): () => void {
    const onPrediction = (message: unknown): void => {
      const event = message as PredictionEvent;
      this.#tallyOf(event.model, event.version)?.countPrediction(event);
    };
    const onBatch = (message: unknown): void => {
      const event = message as BatchEvent;
      this.#tallyOf(event.model, event.version)?.countBatch(event);
    };
    servingChannels.prediction.subscribe(onPrediction);
    servingChannels.batch.subscribe(onBatch);
    return () => {
      servingChannels.prediction.unsubscribe(onPrediction);
      servingChannels.batch.unsubscribe(onBatch);
    };
  }

  of(name: string, version: string): ModelStatistics {
    const tally = this.#tallies.get(`${name}/${version}`) ?? new Tally();
    return {
      name,
      version,
      last_inference: Math.round(tally.lastAtMs),
      inference_count: tally.rows,
      execution_count: tally.runs,
      inference_stats: readAll(tally.durations),
      batch_stats: [...tally.batches]
        .sort(([left], [right]) => left - right)
        .map(([batch_size, { input, infer, output }]): BatchStatistic => ({
          batch_size,
          compute_input: input.read(),
          compute_infer: infer.read(),
          compute_output: output.read(),
        })),
    };
  }

  #tallyOf(model: string, version: string): Tally | undefined {
    const key = `${model}/${version}`;
    const known = this.#tallies.get(key);
    if (known !== undefined || !this.#isLoaded(model, version)) return known;
    const tally = new Tally();
    this.#tallies.set(key, tally);
    return tally;
  }
}

function readAll(durations: Tally['durations']): Record<StatisticName, StatisticDuration> {
  const entries = Object.entries(durations).map(([name, duration]) => [name, duration.read()]);
  return Object.fromEntries(entries) as Record<StatisticName, StatisticDuration>;
}
