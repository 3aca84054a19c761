const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

export const encodeText = (text: string): Uint8Array => ENCODER.encode(text);

/** The text of BYTES elements; at the first that is none the reason, as `element 3 with …`. */
export function decodeTexts(
  elements: readonly Uint8Array[],
): { readonly texts: readonly string[] } | { readonly got: string } {
  const texts = new Array<string>(elements.length);
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements[index]!;
    // The runtime would cut the text there.
    if (element.includes(0)) return { got: `element ${index} with a NUL character` };
    try {
      texts[index] = UTF8.decode(element);
    } catch {
      return { got: `element ${index} that is not valid UTF-8` };
    }
  }
  return { texts };
}
