import { styleText } from 'node:util';

export interface ProgressOptions {
  /** A terminal. */
  readonly write: (text: string) => void;
  readonly hasColors: boolean;
  /** Of all that is read; left out where nobody knows. */
  readonly totalBytes?: number | undefined;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

export interface ProgressState {
  readonly rows: number;
  readonly failed: number;
  readonly bytes: number;
}

const REDRAW_MS = 100;
const WIDTH = 24;
const CLEAR_LINE = '\r\u001b[K';

/** One line that says how far it is, drawn again at most ten times a second. */
export class ProgressBar {
  readonly #options: ProgressOptions;
  readonly #startedAtMs: number;
  #drawnAtMs = -Infinity;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#startedAtMs = options.now();
  }

  show(state: ProgressState): void {
    const nowMs = this.#options.now();
    if (nowMs - this.#drawnAtMs < REDRAW_MS) return;
    this.#drawnAtMs = nowMs;
    this.#options.write(`${CLEAR_LINE}${this.#line(state, (nowMs - this.#startedAtMs) / 1000)}`);
  }

  /** The line is free again, for what is written next. */
  clear(): void {
    if (this.#drawnAtMs === -Infinity) return;
    this.#options.write(CLEAR_LINE);
    this.#drawnAtMs = -Infinity;
  }

  #line({ rows, failed, bytes }: ProgressState, seconds: number): string {
    const rate = seconds > 0 ? `, ${Math.round(rows / seconds).toLocaleString('en')} a second` : '';
    const counted = `${rows.toLocaleString('en')} rows${rate}${failed > 0 ? `, ${failed.toLocaleString('en')} failed` : ''}`;
    const { totalBytes } = this.#options;
    if (totalBytes === undefined || totalBytes === 0) return counted;
    const share = Math.min(1, bytes / totalBytes);
    const filled = Math.round(share * WIDTH);
    const left = share > 0 && share < 1 ? `, ${timeText((seconds * (1 - share)) / share)} left` : '';
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    return `${this.#colored('█'.repeat(filled))}${'░'.repeat(WIDTH - filled)} ${percent}  ${counted}${left}`;
  }

  #colored(text: string): string {
    return this.#options.hasColors ? styleText('green', text, { validateStream: false }) : text;
  }
}

/** `8 s`, `3 min`. */
function timeText(seconds: number): string {
  return seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
