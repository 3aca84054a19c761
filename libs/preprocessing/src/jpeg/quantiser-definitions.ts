/** By place in rows of the block: its place in the file's zigzag (ITU-T T.81, figure A.6). */
const zigzag = [
  0, 1, 5, 6, 14, 15, 27, 28, 2, 4, 7, 13, 16, 26, 29, 42, 3, 8, 12, 17, 25, 30, 41, 43, 9, 11, 18, 24, 31, 40, 44, 53,
  10, 19, 23, 32, 39, 45, 52, 54, 20, 22, 33, 38, 46, 51, 55, 60, 21, 34, 37, 47, 50, 56, 59, 61, 35, 36, 48, 49, 57,
  58, 62, 63,
];
const samples = zigzag.length;
/** A file has four places for them; others would cost time. */
const mostDefinitions = 8;

/** Tables of quantisers of 8 bits, in rows. */
export class QuantiserDefinitions {
  readonly #tables = new Map<number, Uint16Array>();
  #count = 0;

  /** Takes the content of a DQT segment; false where a table is none, or not of 8 bits. */
  define(content: Uint8Array): boolean {
    if (content.length % (1 + samples) !== 0) return false;
    for (let at = 0; at < content.length; at += 1 + samples) {
      const inFile = content.subarray(at + 1, at + 1 + samples);
      if (++this.#count > mostDefinitions || content[at]! > 3 || inFile.includes(0)) return false;
      this.#tables.set(
        content[at]!,
        Uint16Array.from(zigzag, (place) => inFile[place]!),
      );
    }
    return true;
  }

  get(table: number): Uint16Array | undefined {
    return this.#tables.get(table);
  }
}
