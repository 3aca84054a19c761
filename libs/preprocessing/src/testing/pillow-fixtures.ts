import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FilterName } from '../image/resampling-filter.ts';
import type { Picture } from '../image/picture.ts';

type Side = readonly [width: number, height: number];

/** What fixtures/record_pillow.py wrote. */
export interface PillowFixtures {
  readonly grey: string;
  readonly composites: readonly { readonly background: number; readonly sha256: string }[];
  readonly decodes: readonly {
    readonly file: string;
    readonly mode: 'grey' | 'rgb';
    readonly background: number;
    readonly shape: readonly number[];
    readonly sha256: string;
  }[];
  readonly resizes: readonly {
    readonly picture: 'noise' | 'drawing';
    readonly channels: 1 | 3;
    readonly from: Side;
    readonly to: Side;
    readonly sha256: Readonly<Record<FilterName, string>>;
  }[];
}

const folder = new URL('../../fixtures/', import.meta.url);

export function readPillowFixtures(version: 12 | 13): PillowFixtures {
  return JSON.parse(readFileSync(new URL(`pillow-${version}.json`, folder), 'utf8')) as PillowFixtures;
}

export function readFixtureImage(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`images/${file}`, folder)));
}

export function sha256(data: NodeJS.ArrayBufferView): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The same pixels as `noise` in record_pillow.py: the upper byte of a linear congruential generator. */
export function noise(width: number, height: number, channels: 1 | 3): Picture {
  let state = 1;
  const data = Uint8Array.from({ length: width * height * channels }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { width, height, channels, data };
}

/** The same pixels as `drawing` in record_pillow.py: black and white stripes. */
export function drawing(width: number, height: number, channels: 1 | 3): Picture {
  const data = Uint8Array.from({ length: width * height * channels }, (_, index) => {
    const channel = index % channels;
    const x = Math.floor(index / channels) % width;
    const y = Math.floor(index / channels / width);
    return (Math.floor((x + channel) / 3) + Math.floor(y / 5)) % 2 === 0 ? 255 : 0;
  });
  return { width, height, channels, data };
}
