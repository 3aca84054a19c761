/** CMYK samples, 0 no ink, to RGB as Pillow's `convert('RGB')` does: no profile, each ink taken off what black leaves. */
export function cmykToRgb(cmyk: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / 4) * 3);
  for (let source = 0, target = 0; source < cmyk.length; source += 4) {
    const light = 255 - cmyk[source + 3]!;
    for (let ink = 0; ink < 3; ink++) rgb[target++] = light - dividedBy255(cmyk[source + ink]! * light);
  }
  return rgb;
}

/** Rounded, for products of two bytes. */
function dividedBy255(product: number): number {
  const shifted = product + 128;
  return ((shifted >>> 8) + shifted) >>> 8;
}
