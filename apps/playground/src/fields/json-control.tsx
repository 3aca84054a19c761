import { ariaOf, withText } from './control-props.ts';
import type { ControlProps } from './control-props.ts';

/** For a kind of field this page does not know: its JSON. */
export function JsonControl(props: ControlProps) {
  const { id, entry, onChange } = props;
  return (
    <textarea
      id={id}
      class="code"
      rows={4}
      spellcheck={false}
      value={entry.isLeftOut ? '' : entry.text}
      onInput={({ currentTarget }) => onChange(withText(currentTarget.value))}
      {...ariaOf(props)}
    />
  );
}
