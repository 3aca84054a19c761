/** Kinds of outputs, as signatures have them. */
export type OutputKind = 'number' | 'boolean' | 'category' | 'text' | 'tensor' | 'scores';

/** What the client needs to know of a model at run time; written by the generator. */
export interface ModelShape {
  /** The only input, where it is an image: a bare file goes there. */
  readonly file?: string;
  /** Inputs that are images. */
  readonly images: readonly string[];
  /** The kind of every output that is always there. */
  readonly outputs: Readonly<Record<string, OutputKind>>;
}

/** What the compiler needs to know of a model. `item` is what an array of rows may hold. */
export interface ModelTypes {
  /** What one call of `predict` takes. */
  readonly row: unknown;
  /** What an array of rows may hold. */
  readonly item: unknown;
  /** What comes of a row. */
  readonly prediction: unknown;
}
