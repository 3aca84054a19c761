/** A picture as it is sent: the file's bytes in base64. */
export interface Picture {
  readonly base64: string;
  readonly mediaType: string;
  readonly fileName: string;
}

/** What stands in one control. Left out is a state of its own: neither zero nor empty. */
export interface Entry {
  readonly isLeftOut: boolean;
  /** As typed; of a category the JSON of its value, so that `3` and `"3"` differ. */
  readonly text: string;
  readonly picture?: Picture | undefined;
}

/** The state of the form: an entry per field of the signature. */
export type Draft = Readonly<Record<string, Entry>>;

export const DRAWING_NAME = 'drawing.png';
