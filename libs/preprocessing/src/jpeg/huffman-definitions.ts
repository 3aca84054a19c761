/** Counts of the codes of 1 to 16 bits, then at most 256 symbols. */
const definitionBytes = 16 + 256;
const mostDcBits = 15;
/** A baseline file needs four; others would cost time. */
const mostDefinitions = 8;

/** Tables of Huffman codes as the kernel takes them: DC 0, DC 1, AC 0, AC 1. */
export class HuffmanDefinitions {
  readonly bytes: Uint8Array = new Uint8Array(4 * definitionBytes);
  readonly #defined = [false, false, false, false];
  #count = 0;

  /** Takes the content of a DHT segment; false where a table is none, or not for a baseline file. */
  define(content: Uint8Array): boolean {
    let at = 0;
    while (at < content.length) {
      const [place, counts] = [content[at]!, content.subarray(at + 1, at + 17)];
      const total = counts.reduce((sum, count) => sum + count, 0);
      const symbols = content.subarray(at + 17, at + 17 + total);
      const [isAc, table] = [place >> 4 === 1, place & 15];
      if (place >> 4 > 1 || table > 1 || counts.length < 16 || total > 256 || symbols.length < total) return false;
      if (++this.#count > mostDefinitions || !hasRoom(counts)) return false;
      if (!(isAc || symbols.every((bits) => bits <= mostDcBits))) return false;
      const slot = (isAc ? 2 : 0) + table;
      this.bytes.fill(0, slot * definitionBytes, (slot + 1) * definitionBytes);
      this.bytes.set(counts, slot * definitionBytes);
      this.bytes.set(symbols, slot * definitionBytes + 16);
      this.#defined[slot] = true;
      at += 17 + total;
    }
    return true;
  }

  /** Whether a scan may name them. */
  has(dcTable: number, acTable: number): boolean {
    return dcTable <= 1 && acTable <= 1 && this.#defined[dcTable]! && this.#defined[2 + acTable]!;
  }
}

/** Whether there are so many codes of each length, none of them all ones. */
function hasRoom(counts: Uint8Array): boolean {
  let code = 0;
  return counts.every((count, index) => {
    code = 2 * code + count;
    return code < 2 ** (index + 1);
  });
}
