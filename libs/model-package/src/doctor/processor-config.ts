import { join } from 'node:path';
import { readPlainText } from './read-plain-file.ts';

/** What the training side wrote of its pictures (`preprocessor_config.json`), as far as it can be compared. */
export interface ProcessorConfig {
  readonly file: string;
  /** Pixels of what the model is given, after crop or resize. */
  readonly size?: { readonly height: number; readonly width: number };
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  /** 1 where pixels are not rescaled. */
  readonly scale?: number;
  readonly filter?: string;
}

const FILTERS = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'];
const NAMES = ['preprocessor_config.json', 'processor_config.json'];

/** Reads it where there is one that is JSON. */
export async function readProcessorConfig(
  folder: string,
  files: readonly string[],
): Promise<ProcessorConfig | undefined> {
  const file = NAMES.find((name) => files.includes(name));
  const text = file === undefined ? undefined : await readPlainText(join(folder, file));
  if (file === undefined || text === undefined) return undefined;
  const outer = parse(text);
  const config = objectOf(outer['image_processor']) ?? outer;
  const size = sizeOf(config['do_center_crop'] === false ? undefined : config['crop_size']) ?? sizeOf(config['size']);
  const isNormalised = config['do_normalize'] !== false;
  const [mean, std] = [numbersOf(config['image_mean']), numbersOf(config['image_std'])];
  const factor = config['rescale_factor'];
  const scale = config['do_rescale'] === false ? 1 : typeof factor === 'number' ? factor : undefined;
  const filter = FILTERS[Number(config['resample'] ?? -1)];
  return {
    file,
    ...(size && { size }),
    ...(isNormalised && mean && { mean }),
    ...(isNormalised && std && { std }),
    ...(scale !== undefined && { scale }),
    ...(filter !== undefined && { filter }),
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    return objectOf(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** A number, `{height, width}`, or nothing that tells both sides. */
function sizeOf(value: unknown): { height: number; width: number } | undefined {
  if (typeof value === 'number') return { height: value, width: value };
  const { height, width } = objectOf(value) ?? {};
  return typeof height === 'number' && typeof width === 'number' ? { height, width } : undefined;
}

function numbersOf(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : undefined;
}
