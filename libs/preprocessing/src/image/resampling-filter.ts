/** A kernel and how far it reaches from its centre, in source pixels at scale 1. */
export interface ResamplingFilter {
  readonly support: number;
  weight(distance: number): number;
}

// Pillow writes these two as C floats; float64 would differ in the last bits of the coefficients.
const hammingBase = Math.fround(0.54);
const hammingSwing = Math.fround(0.46);

/** Keys' parameter (IEEE Trans. ASSP 29(6), 1981) that Pillow uses; OpenCV and torch take -0.75. */
const cubic = -0.5;

function sinc(distance: number): number {
  if (distance === 0) return 1;
  const angle = distance * Math.PI;
  return Math.sin(angle) / angle;
}

/** The kernels of Pillow's `Image.Resampling`, with its operations in its order; `nearest` has none. */
export const resamplingFilters = {
  box: { support: 0.5, weight: (distance) => (distance > -0.5 && distance <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  hamming: {
    support: 1,
    weight(distance) {
      const away = Math.abs(distance);
      if (away === 0) return 1;
      if (away >= 1) return 0;
      const angle = away * Math.PI;
      return (Math.sin(angle) / angle) * (hammingBase + hammingSwing * Math.cos(angle));
    },
  },
  bicubic: {
    support: 2,
    weight(distance) {
      const away = Math.abs(distance);
      if (away < 1) return ((cubic + 2) * away - (cubic + 3)) * away * away + 1;
      return away < 2 ? (((away - 5) * away + 8) * away - 4) * cubic : 0;
    },
  },
  lanczos: {
    support: 3,
    weight: (distance) => (distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0),
  },
} as const satisfies Record<string, ResamplingFilter>;

export type FilterName = 'nearest' | keyof typeof resamplingFilters;
