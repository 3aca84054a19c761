/** A JPEG file of any coefficients, also of those that no encoder would make of a picture. */
export interface CoefficientsFile {
  readonly width: number;
  readonly height: number;
  /** Sampling of luma in one byte; 0 for grey. */
  readonly sampling: 0 | 0x11 | 0x21 | 0x22;
  /** In zigzag. */
  readonly quantisers: Uint8Array;
  /** The next coefficient of a block, in zigzag; its DC first. */
  readonly coefficient: (place: number) => number;
  readonly restartInterval?: number;
  /** Segments before the others. */
  readonly extra?: readonly number[];
  readonly ids?: readonly number[];
  /** What is written in place of the coefficients: numbers of so many bits. */
  readonly codes?: readonly (readonly [value: number, bits: number])[];
}

/** Counts of codes by length and symbols: 16 codes of 5 bits, and 255 of 8 bits. Each code is its symbol. */
const dcCodes = [...[0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ...Array(16).keys()];
const acCodes = [...[0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0], ...Array(255).keys()];

export function segment(marker: number, content: readonly number[]): number[] {
  return [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content];
}

export function jpegOfCoefficients(file: CoefficientsFile): Uint8Array<ArrayBuffer> {
  const { width, height, sampling, quantisers, restartInterval = 0, extra = [], ids = [1, 2, 3] } = file;
  const used = sampling === 0 ? ids.slice(0, 1) : ids;
  const components = used.flatMap((id, index) => [id, index === 0 && sampling !== 0 ? sampling : 0x11, 0]);
  return Uint8Array.from([
    ...[0xff, 0xd8, ...extra],
    ...segment(0xdb, [0, ...quantisers]),
    ...segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, used.length, ...components]),
    ...segment(0xc4, [0, ...dcCodes, 0x10, ...acCodes]),
    ...(restartInterval === 0 ? [] : segment(0xdd, [restartInterval >> 8, restartInterval & 0xff])),
    ...segment(0xda, [used.length, ...used.flatMap((id) => [id, 0]), 0, 63, 0]),
    ...(file.codes === undefined ? scanOf(file, restartInterval || Infinity) : bytesOf(file.codes)),
    ...[0xff, 0xd9],
  ]);
}

function scanOf({ width, height, sampling, coefficient }: CoefficientsFile, restartInterval: number): number[] {
  const [across, down] = sampling === 0 ? [1, 1] : [sampling >> 4, sampling & 15];
  const mcus = Math.ceil(width / 8 / across) * Math.ceil(height / 8 / down);
  const bytes: number[] = [];
  let writer = new BitWriter();
  let predictions = [0, 0, 0];
  const write = (component: number): void => {
    predictions[component]! += writeBlock(writer, predictions[component]!, coefficient);
  };
  for (let mcu = 0; mcu < mcus; mcu++) {
    if (mcu > 0 && mcu % restartInterval === 0) {
      bytes.push(...writer.end(), 0xff, 0xd0 + ((mcu / restartInterval - 1) & 7));
      writer = new BitWriter();
      predictions = [0, 0, 0];
    }
    for (let block = 0; block < across * down; block++) write(0);
    if (sampling !== 0) [1, 2].forEach(write);
  }
  return [...bytes, ...writer.end()];
}

function bytesOf(codes: NonNullable<CoefficientsFile['codes']>): number[] {
  const writer = new BitWriter();
  for (const [value, bits] of codes) writer.put(value, bits);
  return writer.end();
}

/** Gives the difference to the last DC: none where it would take more than 15 bits. */
function writeBlock(writer: BitWriter, prediction: number, coefficient: (place: number) => number): number {
  const difference = coefficient(0) - prediction;
  const written = bitsOf(difference) > 15 ? 0 : difference;
  writer.put(bitsOf(written), 5);
  writer.putValue(written);
  let zeros = 0;
  for (let place = 1; place < 64; place++) {
    const value = coefficient(place);
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) writer.put(0xf0, 8);
    writer.put((zeros << 4) | bitsOf(value), 8);
    writer.putValue(value);
    zeros = 0;
  }
  if (zeros > 0) writer.put(0, 8);
  return written;
}

class BitWriter {
  readonly #bits: number[] = [];

  put(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push((value >> bit) & 1);
  }

  putValue(value: number): void {
    const count = bitsOf(value);
    this.put(value < 0 ? value + 2 ** count - 1 : value, count);
  }

  /** Whole bytes, ones at the end, a zero behind each 0xff. */
  end(): number[] {
    while (this.#bits.length % 8 !== 0) this.#bits.push(1);
    const bytes = Array.from({ length: this.#bits.length / 8 }, (_, at) =>
      this.#bits.slice(8 * at, 8 * at + 8).reduce((byte, bit) => 2 * byte + bit, 0),
    );
    return bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte]));
  }
}

const bitsOf = (value: number): number => 32 - Math.clz32(Math.abs(value));
