/** What SOF says. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  /** Grey, or Y, Cb and Cr. */
  readonly components: readonly JpegComponent[];
  /** Samples of luma for one of chroma, across and down. */
  readonly across: 1 | 2;
  readonly down: 1 | 2;
}

interface JpegComponent {
  readonly id: number;
  readonly quantiser: number;
}

/** Samples of luma for each of chroma, as the file has them in one byte. */
const samplings: Readonly<Record<number, Pick<JpegFrame, 'across' | 'down'>>> = {
  0x11: { across: 1, down: 1 },
  0x21: { across: 2, down: 1 },
  0x22: { across: 2, down: 2 },
};
/** libjpeg upsamples narrower ones in another way. */
const narrowestHalved = 5;

/** Reads the content of a SOF0 or SOF1 segment; `undefined` for what the kernel does not decode. */
export function readFrame(content: Uint8Array): JpegFrame | undefined {
  const [bits, heightHigh, heightLow, widthHigh, widthLow, count] = content;
  if (bits !== 8 || !(count === 1 || count === 3) || content.length !== 6 + 3 * count) return undefined;
  const [width, height] = [widthHigh! * 256 + widthLow!, heightHigh! * 256 + heightLow!];
  const sampling = samplings[content[7]!];
  const isChromaWhole = count === 1 || (content[10] === 0x11 && content[13] === 0x11);
  if (width === 0 || height === 0 || sampling === undefined || !isChromaWhole) return undefined;
  if (count === 1 ? content[7] !== 0x11 : sampling.across === 2 && width < narrowestHalved) return undefined;
  const components = Array.from({ length: count }, (_, index) => ({
    id: content[6 + 3 * index]!,
    quantiser: content[8 + 3 * index]!,
  }));
  if (new Set(components.map(({ id }) => id)).size !== count) return undefined;
  return { width, height, components, ...sampling };
}
