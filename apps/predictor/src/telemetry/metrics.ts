import type { BatchEvent, PredictionEvent, Serving } from '@web-single/serving';
import { servingChannels } from '@web-single/serving';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import type { ModelSources } from '../sources/model-sources.ts';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { readLoopStalls, type TickTimes } from './loop-stalls.ts';
import { collectProcessMetrics } from './process-metrics.ts';
import { TallyCounter } from './tally-counter.ts';
import { TallyHistogram } from './tally-histogram.ts';

const SECONDS_BUCKETS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];
const STALL_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const ROWS_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export interface MetricsParts {
  readonly serving: Serving;
  readonly sources: Pick<ModelSources, 'answering'>;
  readonly held: Pick<HeldBytes, 'bytes'>;
  /** Of this process's event loop, from now on. */
  readonly ticks: TickTimes;
}

/** Counts and times what happens; fed by the serving channels and by one call per HTTP reply. Labels come from loaded models and route templates only. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #known = new Map<string, unknown>();
  readonly #requests = this.#tally('requests_total', 'Predictions answered or refused.', ['model', 'version', 'code']);
  readonly #rows = this.#tally('rows_total', 'Rows of answered predictions.', ['model', 'version']);
  readonly #duration = this.#seconds('request_duration_seconds', 'From resolving the model to its answer.', [
    'model',
    'version',
  ]);
  readonly #phase = this.#seconds('phase_duration_seconds', 'Phases of a batch.', ['model', 'version', 'phase']);
  readonly #http = this.#tally('http_requests_total', 'HTTP replies.', ['method', 'route', 'status']);
  readonly #grpc = this.#tally('grpc_requests_total', 'gRPC calls that ended.', ['method', 'status']);
  readonly #batchRows = new TallyHistogram({
    name: 'web_single_batch_rows',
    help: 'Rows of a batch.',
    labelNames: ['model', 'version'],
    buckets: ROWS_BUCKETS,
    registry: this.#registry,
  });

  readonly #restarts = this.#counter(
    'engine_restarts_total',
    'Engine processes started again after a crash or a kill.',
    ['model', 'version'],
  );
  readonly #crashes = this.#counter('engine_crashes_total', 'Engine processes that died.', ['model', 'version']);
  readonly #hangs = this.#counter('engine_hangs_total', 'Engine processes killed because a run did not end.', [
    'model',
    'version',
  ]);
  readonly #engineUp = this.#gauge('engine_up', '1 while an instance of the engine is up, else 0.');
  readonly #rowsInFlight = this.#gauge('rows_in_flight', 'Rows admitted and not yet answered.');
  readonly #queueRows = this.#gauge('queue_rows', 'Rows waiting for an engine.');
  readonly #info = this.#gauge('model_info', 'Always 1; the labels say what is loaded.', [
    'digest',
    'placement',
    'max_rows',
    'instances',
  ]);
  readonly #overrides = new Gauge({
    name: 'web_single_overrides_info',
    help: 'Always 1; the label is the sha256 of the overrides in force. Absent where there are none.',
    labelNames: ['sha256'],
    registers: [this.#registry],
  });

  readonly #overridesRefused = this.#counter(
    'overrides_refused_total',
    'Changed overrides files that were not taken over.',
    [],
  );

  readonly #sourceUp = new Gauge({
    name: 'web_single_model_source_up',
    help: '1 where the source of models answered when it was asked last, else 0.',
    labelNames: ['source'],
    registers: [this.#registry],
  });
  readonly #stalls = new Histogram({
    name: 'web_single_loop_stall_seconds',
    help: 'By how much a timer of 10 ms came too late: how long the event loop kept all others waiting.',
    buckets: STALL_BUCKETS,
    registers: [this.#registry],
    collect: () => this.readLoopStalls(),
  });
  readonly #heldBytes = new Gauge({
    name: 'web_single_held_bytes',
    help: 'Bytes of request bodies that are being received or answered, over all requests.',
    registers: [this.#registry],
  });
  readonly #serving: Serving;
  readonly #sources: Pick<ModelSources, 'answering'>;
  readonly #held: Pick<HeldBytes, 'bytes'>;
  readonly #ticks: TickTimes;

  constructor({ serving, sources, held, ticks }: MetricsParts) {
    this.#serving = serving;
    this.#ticks = ticks;
    this.#sources = sources;
    this.#held = held;
    collectProcessMetrics(this.#registry);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  render(): Promise<string> {
    this.#readEngines();
    return this.#registry.metrics();
  }

  /** Starts listening to the serving channels; the returned function stops it. */
  subscribe(): () => void {
    const onPrediction = (message: unknown): void => this.#countPrediction(message as PredictionEvent);
    const onBatch = (message: unknown): void => this.#countBatch(message as BatchEvent);
    servingChannels.prediction.subscribe(onPrediction);
    servingChannels.batch.subscribe(onBatch);
    return () => {
      servingChannels.prediction.unsubscribe(onPrediction);
      servingChannels.batch.unsubscribe(onBatch);
    };
  }

  countReply(method: string, route: string, status: number): void {
    this.#series(`${method} ${route} ${status}`, () => this.#http.series({ method, route, status })).add(1);
  }

  /** `method` is the route of a method that exists, or `_other`. */
  countGrpcCall(method: string, status: string): void {
    this.#series(`${method} ${status}`, () => this.#grpc.series({ method, status })).add(1);
  }

  /** Cheap where it is done every second or so: then few ticks are late. Done at every scrape besides. */
  readLoopStalls(): void {
    readLoopStalls(this.#ticks, (stallMs, count) => {
      for (let told = 0; told < count; told += 1) this.#stalls.observe(stallMs / 1000);
    });
  }

  countRefusedOverrides(): void {
    this.#overridesRefused.inc();
  }

  #countPrediction({ model, version, rows, code, durationMs }: PredictionEvent): void {
    this.#series(`${model} ${version} ${code}`, () => this.#requests.series({ model, version, code })).add(1);
    if (code !== 'OK') return;
    const answered = this.#series(`${model} ${version} answered`, () => ({
      rows: this.#rows.series({ model, version }),
      duration: this.#duration.series({ model, version }),
    }));
    answered.rows.add(rows);
    answered.duration.observe(durationMs / 1000);
  }

  #countBatch({ model, version, rows, beforeMs, runMs, afterMs }: BatchEvent): void {
    const batches = this.#series(`${model} ${version} batches`, () => ({
      rows: this.#batchRows.series({ model, version }),
      before: this.#phase.series({ model, version, phase: 'preprocess' }),
      run: this.#phase.series({ model, version, phase: 'infer' }),
      after: this.#phase.series({ model, version, phase: 'postprocess' }),
    }));
    batches.rows.observe(rows);
    batches.before.observe(beforeMs / 1000);
    batches.run.observe(runMs / 1000);
    batches.after.observe(afterMs / 1000);
  }

  /** Their number is bounded as that of the labels. No code of an answer is in lower case. */
  #series<Series>(key: string, create: () => Series): Series {
    const known = this.#known.get(key) as Series | undefined;
    if (known !== undefined) return known;
    const series = create();
    this.#known.set(key, series);
    return series;
  }

  /** Queue, engine and source state are read when scraped; the engines do the counting. */
  #readEngines(): void {
    const { overrides } = this.#serving;
    this.#heldBytes.set(this.#held.bytes);
    this.#overrides.reset();
    if (overrides !== undefined) this.#overrides.set({ sha256: overrides.sha256 }, 1);
    for (const { source, isUp } of this.#sources.answering()) this.#sourceUp.set({ source }, isUp ? 1 : 0);
    for (const counter of [this.#restarts, this.#crashes, this.#hangs]) counter.reset();
    for (const served of this.#serving.models.ready()) {
      const { name: model, version, digest } = served.package;
      const { engine } = served.started;
      const { restarts, crashes, hangs } = engine.status();
      this.#engineUp.set({ model, version }, served.isDown ? 0 : 1);
      this.#restarts.inc({ model, version }, restarts);
      this.#crashes.inc({ model, version }, crashes);
      this.#hangs.inc({ model, version }, hangs);
      this.#rowsInFlight.set({ model, version }, served.admission.rowsInFlight);
      this.#queueRows.set({ model, version }, served.queuedRows);
      const { placement, maxRows: max_rows, instances } = engine;
      this.#info.set({ model, version, digest, placement, max_rows, instances }, 1);
    }
  }

  #tally(name: string, help: string, labelNames: string[]): TallyCounter {
    return new TallyCounter({ name: `web_single_${name}`, help, labelNames, registry: this.#registry });
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `web_single_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, extraLabels: string[] = []): Gauge {
    const labelNames = ['model', 'version', ...extraLabels];
    return new Gauge({ name: `web_single_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #seconds(name: string, help: string, labelNames: string[]): TallyHistogram {
    const options = { name: `web_single_${name}`, help, labelNames, registry: this.#registry };
    return new TallyHistogram({ ...options, buckets: SECONDS_BUCKETS });
  }
}
