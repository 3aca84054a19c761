import type { Histogram, MetricValueWithName } from 'prom-client';
import type { Labels, TallyOptions } from './tally-counter.ts';

export interface TallyHistogramOptions extends TallyOptions {
  /** Upper bounds, ascending; `+Inf` comes by itself. */
  readonly buckets: readonly number[];
}

/** One series of a histogram. */
export class HistogramSeries {
  readonly #labels: Labels;
  readonly #buckets: readonly number[];
  /** By bucket, the last that of `+Inf`; not added up. */
  readonly #counts: number[];
  #sum = 0;

  constructor(labels: Labels, buckets: readonly number[]) {
    this.#labels = labels;
    this.#buckets = buckets;
    this.#counts = new Array<number>(buckets.length + 1).fill(0);
  }

  observe(value: number): void {
    const buckets = this.#buckets;
    let at = 0;
    while (at < buckets.length && value > buckets[at]!) at += 1;
    this.#counts[at]! += 1;
    this.#sum += value;
  }

  /** As the text format has them: buckets with all below them, sum, count. */
  values(name: string): MetricValueWithName<string>[] {
    const labels = this.#labels;
    let count = 0;
    const counted = this.#counts.map((own, at) => {
      count += own;
      return { metricName: `${name}_bucket`, labels: { ...labels, le: this.#buckets[at] ?? '+Inf' }, value: count };
    });
    return [
      ...counted,
      { metricName: `${name}_sum`, labels: { ...labels }, value: this.#sum },
      { metricName: `${name}_count`, labels: { ...labels }, value: count },
    ];
  }
}

/** A histogram whose series are counted without looking them up by their labels, as the library's own does at every observation. */
export class TallyHistogram {
  readonly #buckets: readonly number[];
  readonly #series: HistogramSeries[] = [];

  constructor({ name, help, registry, buckets }: TallyHistogramOptions) {
    this.#buckets = buckets;
    const metric = {
      name,
      get: () =>
        Promise.resolve({
          name,
          help,
          type: 'histogram',
          aggregator: 'sum',
          values: this.#series.flatMap((series) => series.values(name)),
        }),
    };
    // Of a metric the registry asks no more than this.
    registry.registerMetric(metric as unknown as Histogram);
  }

  /** To be asked for once for each set of labels. */
  series(labels: Labels): HistogramSeries {
    const series = new HistogramSeries(labels, this.#buckets);
    this.#series.push(series);
    return series;
  }
}
