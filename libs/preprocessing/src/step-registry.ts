import type { StepDefinition } from './define-step.ts';
import { centerCrop } from './steps/image/center-crop.ts';
import { cropToContent } from './steps/image/crop-to-content.ts';
import { decodeImage } from './steps/image/decode-image.ts';
import { imageToTensor } from './steps/image/image-to-tensor.ts';
import { lightOnDark } from './steps/image/light-on-dark.ts';
import { placeImage } from './steps/image/place-image.ts';
import { resizeImage } from './steps/image/resize-image.ts';
import { stretchContrast } from './steps/image/stretch-contrast.ts';
import { classify } from './steps/postprocess/classify.ts';
import { renameOutputs } from './steps/postprocess/rename-outputs.ts';
import { selectOutputs } from './steps/postprocess/select-outputs.ts';
import { sigmoid } from './steps/postprocess/sigmoid.ts';
import { softmax } from './steps/postprocess/softmax.ts';
import { topK } from './steps/postprocess/top-k.ts';
import { dropFields } from './steps/tabular/drop-fields.ts';
import { fillMissing } from './steps/tabular/fill-missing.ts';
import { mapCategories } from './steps/tabular/map-categories.ts';
import { oneHot } from './steps/tabular/one-hot.ts';
import { packColumns } from './steps/tabular/pack-columns.ts';
import { renameFields } from './steps/tabular/rename-fields.ts';
import { scale } from './steps/tabular/scale.ts';

/** Steps by the name a manifest calls them. */
export type StepRegistry = ReadonlyMap<string, StepDefinition>;

/** Throws where two steps share a name or a step takes a parameter called `step`. */
export function createStepRegistry(definitions: readonly StepDefinition[]): StepRegistry {
  const registry = new Map<string, StepDefinition>();
  for (const definition of definitions) {
    const { name, params } = definition;
    if (registry.has(name)) throw new TypeError(`Two steps are named "${name}": rename one.`);
    if ('step' in params.shape) throw new TypeError(`Step "${name}" has a parameter "step": rename it.`);
    registry.set(name, definition);
  }
  return registry;
}

/** Every step there is. A new one is imported above and named here: one line. */
export const stepRegistry: StepRegistry = createStepRegistry([
  // tabular
  fillMissing,
  mapCategories,
  oneHot,
  scale,
  packColumns,
  renameFields,
  dropFields,
  // image
  decodeImage,
  lightOnDark,
  stretchContrast,
  cropToContent,
  resizeImage,
  centerCrop,
  placeImage,
  imageToTensor,
  // postprocess
  softmax,
  sigmoid,
  classify,
  topK,
  renameOutputs,
  selectOutputs,
]);
