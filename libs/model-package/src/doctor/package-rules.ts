import { unlistedFiles } from '../check-strict.ts';
import type { Manifest } from '../manifest/manifest-schema.ts';
import type { Finding } from './finding.ts';
import { goldenFindings } from './golden-rules.ts';
import type { Subject } from './subject.ts';

/** What makes an export a package that can be trusted in production. */
export function packageFindings(subject: Subject, manifest: Manifest | undefined): Finding[] {
  return [
    ...goldenFindings(subject, manifest),
    ...unsealed(subject, manifest),
    ...strangers(subject),
    ...assumptions(subject),
    ...licence(subject),
    ...large(subject),
  ];
}

function unsealed({ hasManifest, files }: Subject, manifest: Manifest | undefined): Finding[] {
  if (!hasManifest || manifest === undefined) return [];
  const missing = unlistedFiles(files, manifest).map(({ where }) => where);
  if (missing.length === 0) return [];
  const shown = missing
    .slice(0, 5)
    .map((path) => `"${path}"`)
    .join(', ');
  return [
    {
      rule: 'unsealed',
      severity: 'warning',
      where: 'model.yaml /files',
      what: `No digest is listed for ${shown}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}.`,
      why: 'A file that was changed, or cut off by a copy, is served as if it were the one that was tested.',
      remedy: 'Seal the package once it is complete.',
      code: 'python3 tools/train/seal_package.py PACKAGE',
    },
  ];
}

const NEVER_OPENED = /\.(pkl|pickle|joblib|pth?|safetensors|h5|keras|pb|tflite)$/i;

function strangers({ files, isBareFile }: Subject): Finding[] {
  const found = isBareFile ? [] : files.filter((file) => NEVER_OPENED.test(file));
  if (found.length === 0) return [];
  return [
    {
      rule: 'other-formats',
      severity: 'warning',
      where: found[0]!,
      what: `${found.map((file) => `"${file}"`).join(', ')} would ship with the model and is never opened.`,
      why: 'It makes the image larger and its digest depend on it; a pickle runs code wherever somebody does open it.',
      remedy: 'Keep it with the training code and move it out of this folder.',
    },
  ];
}

/** Facts that findings of their own say more about. */
const SAID_ELSEWHERE = /^(external data|batching)/;

function assumptions({ opened, hasManifest }: Subject): Finding[] {
  const facts = (opened?.facts ?? []).filter(
    ({ confidence, about }) => confidence === 'assumed' && (!SAID_ELSEWHERE.test(about) || hasManifest),
  );
  return facts.map(({ about, value, source }) => ({
    rule: 'assumption',
    severity: 'warning',
    where: source,
    what: `${about}: "${value}" is a guess.`,
    why: 'Nothing in the files says so; predictor serve --strict refuses it.',
    remedy: 'Say it in model.yaml.',
  }));
}

function licence({ opened, model, hasManifest }: Subject): Finding[] {
  const said = opened?.license ?? model?.metadata.get('license');
  if (said !== undefined && /AGPL/i.test(said))
    return [
      {
        rule: 'licence',
        severity: 'warning',
        where: 'model.yaml /license',
        what: `The licence is ${said.slice(0, 60)}.`,
        why: 'Whoever offers such a model over a network may have to publish the source of the whole service.',
        remedy: 'Ask who may decide that, or train on weights under another licence.',
      },
    ];
  if (said !== undefined || !hasManifest) return [];
  return [
    {
      rule: 'licence',
      severity: 'hint',
      where: 'model.yaml /license',
      what: 'No licence is stated.',
      why: 'Who gets the image cannot tell whether the model, or the data it was trained on, may be used.',
      remedy: 'Add it to model.yaml.',
      code: 'license: CC-BY-4.0',
    },
  ];
}

const LARGE_BYTES = 256 * 2 ** 20;

function large({ sizeBytes, file, opened, model }: Subject): Finding[] {
  const isLimited = opened !== undefined && opened.engine.instances !== 'auto';
  if (sizeBytes < LARGE_BYTES || isLimited) return [];
  const isQuantized =
    model?.operators.some(({ opType }) => /^(QLinear|MatMulInteger|DynamicQuantize|MatMulNBits)/.test(opType)) === true;
  return [
    {
      rule: 'large',
      severity: 'hint',
      where: file,
      what: `${Math.round(sizeBytes / 2 ** 20)} MB, and nothing says how many engine processes hold it.`,
      why: 'Each has a copy of its own, one for every core but one: the container is ended when they do not fit.',
      remedy: `Set engine.instances in model.yaml${isQuantized ? '' : ', or quantize the weights to 8 bits and look at the golden cases'}.`,
      code: isQuantized
        ? 'engine: { instances: 1 }'
        : 'onnxruntime.quantization.quantize_dynamic("model.onnx", "model-int8.onnx")  # or: engine: { instances: 1 }',
    },
  ];
}
