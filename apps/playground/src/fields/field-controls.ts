import type { ComponentType } from 'preact';
import type { InputField } from '../server/model-description.ts';
import { BooleanControl, CategoryControl, isShort } from './category-control.tsx';
import type { ControlProps } from './control-props.ts';
import { ImageControl } from './image-control.tsx';
import { JsonControl } from './json-control.tsx';
import { NumberControl } from './number-control.tsx';
import { isBoxes, TensorControl } from './tensor-control.tsx';
import { TextControl } from './text-control.tsx';

type ControlOf<Type extends InputField['type']> = ComponentType<ControlProps<Extract<InputField, { type: Type }>>>;

/** A control for every kind of field. A new kind is a line here. */
const controls: { readonly [Type in InputField['type']]: ControlOf<Type> } = {
  number: NumberControl,
  boolean: BooleanControl,
  category: CategoryControl,
  text: TextControl,
  image: ImageControl,
  tensor: TensorControl,
};

export function controlOf({ type }: InputField): ComponentType<ControlProps> {
  return (Object.hasOwn(controls, type) ? controls[type] : JsonControl) as ComponentType<ControlProps>;
}

/** Whether the control has several elements: then its name is a text beside it, else a `<label>`. */
export function isGroup(field: InputField): boolean {
  if (field.type === 'category') return isShort(field.values);
  if (field.type === 'tensor') return isBoxes(field);
  return field.type === 'boolean' || field.type === 'image';
}
