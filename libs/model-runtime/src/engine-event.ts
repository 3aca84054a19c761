/** What happens to the processes of an engine; for logs and metrics. */
export type EngineEvent =
  /** Died by itself, by somebody's signal, or for want of memory. `stderrTail` is for the operator only. */
  | { readonly type: 'crashed'; readonly pid?: number; readonly reason: string; readonly stderrTail: string }
  /** Killed: a run took longer than `runTimeoutMs`. */
  | { readonly type: 'hung'; readonly pid?: number; readonly ranMs: number }
  /** Killed: it held more than `maxRssBytes`. */
  | { readonly type: 'over-memory'; readonly pid?: number; readonly rssBytes: number }
  /** The next start comes after this pause. */
  | { readonly type: 'restarting'; readonly delayMs: number; readonly deaths: number }
  | { readonly type: 'started'; readonly pid?: number; readonly tookMs: number };
