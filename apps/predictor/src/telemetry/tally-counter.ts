import { Counter, type Registry } from 'prom-client';

export type Labels = Readonly<Record<string, string | number>>;

export interface TallyOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly registry: Registry;
}

/** One series of a counter. */
export interface Tally {
  add(count: number): void;
}

/** A counter that is read when it is scraped: the library's own looks a series up by its labels, which takes longer than what it counts. */
export class TallyCounter {
  readonly #series: { readonly labels: Labels; total: number }[] = [];

  constructor({ name, help, labelNames, registry }: TallyOptions) {
    const series = this.#series;
    new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, total } of series) this.inc(labels, total);
      },
    });
  }

  /** To be asked for once for each set of labels. */
  series(labels: Labels): Tally {
    const series = { labels, total: 0 };
    this.#series.push(series);
    return { add: (count) => void (series.total += count) };
  }
}
