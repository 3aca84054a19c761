/** How the input of a workload is carried. A tensor is what the session takes, prepared; anything else the caller's own words. */
export type Carriage = 'rows' | 'image' | 'tensor-binary' | 'tensor-json' | 'tensor-grpc';

/** One kind of request, the same for every contender. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Folder of the model package; its golden cases are the requests and what must be answered. */
  readonly packageFolder: string;
  readonly carriage: Carriage;
  readonly rowsPerRequest: number;
  /** Media type of the golden pictures that are sent, where the carriage is `image`. */
  readonly mediaType?: 'image/png' | 'image/jpeg';
  /** True where a row beside others costs less than alone: the bound is then that of batches. */
  readonly gainsByBatches?: boolean;
  /** The default run measures these numbers of connections, the long one all. */
  readonly shortConcurrencies: readonly number[];
  /** The default run offers open-loop load, too; the long one always. */
  readonly shortLatency: boolean;
}
