import type { ComponentType } from 'preact';
import type { OutputField } from '../server/model-description.ts';
import { JsonView } from './json-view.tsx';
import { LabelView } from './label-view.tsx';
import { NumberView } from './number-view.tsx';
import type { OutputProps } from './output-props.ts';
import { ScoresView } from './scores-view.tsx';
import { TensorView } from './tensor-view.tsx';
import { BooleanView, TextView } from './text-view.tsx';

type ViewOf<Type extends OutputField['type']> = ComponentType<OutputProps<Extract<OutputField, { type: Type }>>>;

/** A view for every kind of output. A new kind (boxes, masks, embeddings) is a file and a line here. */
const views: { readonly [Type in OutputField['type']]: ViewOf<Type> } = {
  category: LabelView,
  scores: ScoresView,
  number: NumberView,
  boolean: BooleanView,
  text: TextView,
  tensor: TensorView,
};

export function viewOf({ type }: OutputField, value: unknown): ComponentType<OutputProps> {
  const isKnown = Object.hasOwn(views, type) && !(type === 'scores' && (typeof value !== 'object' || value === null));
  return (isKnown ? views[type] : JsonView) as ComponentType<OutputProps>;
}
