import type { StepSpec } from '@web-single/preprocessing';
import type { Dim } from '@web-single/tensor';
import type { Finding } from './finding.ts';
import type { ProcessorConfig } from './processor-config.ts';
import type { Subject } from './subject.ts';

/** What is done to pictures here, against what the graph takes and what the training side says it did. */
export function pictureFindings(subject: Subject, config: ProcessorConfig | undefined): Finding[] {
  const picture = pictureInput(subject);
  return [
    ...(picture === undefined ? [] : missingSteps(subject, picture, config)),
    ...(config === undefined || picture === undefined ? [] : sizeMismatch(subject, picture, config)),
    ...(config === undefined ? [] : stepMismatches(subject, config)),
  ];
}

interface PictureInput {
  readonly name: string;
  readonly layout: 'CHW' | 'HWC';
  readonly channels: number;
  readonly height: Dim;
  readonly width: Dim;
}

/** An input of rank four with one or three channels. */
function pictureInput({ model }: Subject): PictureInput | undefined {
  for (const { name, dims } of model?.inputs ?? []) {
    const [, first, second, third] = dims ?? [];
    if (dims?.length !== 4) continue;
    if (first === 3 || first === 1)
      return { name, layout: 'CHW', channels: first, height: second ?? null, width: third ?? null };
    if (third === 3 || third === 1)
      return { name, layout: 'HWC', channels: third, height: first ?? null, width: second ?? null };
  }
  return undefined;
}

function missingSteps(
  { opened, file }: Subject,
  picture: PictureInput,
  config: ProcessorConfig | undefined,
): Finding[] {
  if (opened === undefined || opened.before.length > 0) return [];
  const { name, layout, channels, height, width } = picture;
  const side = (dim: Dim, known: number | undefined): string => String(typeof dim === 'number' ? dim : (known ?? 224));
  const numbers = (known: readonly number[] | undefined): string =>
    `[${(known ?? Array(channels).fill('…')).join(', ')}]`;
  return [
    {
      rule: 'no-preprocessing',
      severity: 'warning',
      where: `${file} input "${name}"`,
      what: `Callers send ${channels === 3 ? 'colour' : 'grey'} pictures as nested arrays of prepared numbers${config === undefined ? '' : `; "${config.file}" is not read`}.`,
      why: 'Each of them resizes and normalises on its own, and any difference from the training side costs accuracy without an error.',
      remedy:
        'Declare the steps in model.yaml, with the numbers of the training side. A guess (ImageNet) is not made for you.',
      code: [
        'signature: { input: { image: { type: image } }, … }',
        'before:',
        `  - { step: decode-image, field: image, mode: ${channels === 3 ? 'rgb' : 'grey'} }`,
        `  - { step: resize-image, field: image, fit: exact, width: ${side(width, config?.size?.width)}, height: ${side(height, config?.size?.height)}, filter: ${config?.filter ?? 'bilinear'} }`,
        `  - { step: image-to-tensor, field: image, as: ${name}, scale: ${config?.scale ?? '…'}, mean: ${numbers(config?.mean)}, std: ${numbers(config?.std)}, layout: ${layout} }`,
      ].join('\n'),
    },
  ];
}

function sizeMismatch(
  { file }: Subject,
  { name, height, width }: PictureInput,
  { size, file: configFile }: ProcessorConfig,
): Finding[] {
  if (size === undefined || typeof height !== 'number' || typeof width !== 'number') return [];
  if (size.height === height && size.width === width) return [];
  return [
    {
      rule: 'picture-size',
      severity: 'error',
      where: `${configFile} against ${file} input "${name}"`,
      what: `"${configFile}" prepares pictures of ${size.width} × ${size.height}, the graph takes ${width} × ${height}.`,
      why: 'One of them is not of the model that was trained.',
      remedy: 'Export again with an example that the processor made, and copy the processor of the same checkpoint.',
      code: 'example = processor(image, return_tensors="pt").pixel_values; torch.onnx.export(model, (example,), "model.onnx")',
    },
  ];
}

/** Relative; numbers are printed with six digits or more. */
const TOLERANCE = 1e-3;

function stepMismatches({ opened }: Subject, config: ProcessorConfig): Finding[] {
  return (opened?.before ?? []).flatMap((step, index) =>
    comparisons(step, config).flatMap(([parameter, here, there]): Finding[] => [
      {
        rule: 'preprocessing-mismatch',
        severity: 'error',
        where: `model.yaml /before/${index}/${parameter}`,
        what: `Step "${step.step}" has ${parameter} ${shown(here)}, "${config.file}" says ${shown(there)}.`,
        why: 'The model sees other numbers than those it was trained on: it answers, and less well.',
        remedy: `Take over the value, or remove "${config.file}" where it is of another model.`,
        code: `${parameter}: ${shown(there)}`,
      },
    ]),
  );
}

type Comparison = readonly [parameter: string, here: unknown, there: unknown];

function comparisons(step: StepSpec, { mean, std, scale, filter }: ProcessorConfig): Comparison[] {
  const wanted: readonly (readonly [string, unknown])[] =
    step.step === 'image-to-tensor'
      ? [
          ['mean', mean],
          ['std', std],
          ['scale', scale],
        ]
      : step.step === 'resize-image'
        ? [['filter', filter]]
        : [];
  const defaults: Readonly<Record<string, unknown>> = { scale: 1 / 255 };
  return wanted.flatMap(([parameter, there]): Comparison[] => {
    const here = step[parameter] ?? defaults[parameter];
    return there === undefined || isAlike(here, there) ? [] : [[parameter, here, there]];
  });
}

function isAlike(here: unknown, there: unknown): boolean {
  if (Array.isArray(here) && Array.isArray(there))
    return here.length === there.length && here.every((value, index) => isAlike(value, there[index]));
  if (typeof here === 'number' && typeof there === 'number')
    return Math.abs(here - there) <= TOLERANCE * Math.max(Math.abs(here), Math.abs(there));
  return here === there;
}

function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}
