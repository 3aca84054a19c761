import type { CalledModel } from './called-model.ts';
import type { SentField } from './sent-fields.ts';

/** A call in one language. */
export interface Snippet {
  readonly id: 'typescript' | 'curl' | 'python' | 'grpcurl';
  readonly title: string;
  /** For a highlighter. */
  readonly language: string;
  readonly code: string;
  /** What it needs to run. */
  readonly note?: string;
}

/** What every language writes down. */
export interface PreparedCall {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly grpcTarget: string | undefined;
  readonly model: CalledModel;
  readonly fields: readonly SentField[];
}
