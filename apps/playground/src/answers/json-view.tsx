import type { OutputProps } from './output-props.ts';

/** For a kind of output this page has no picture of: its JSON. */
export function JsonView({ value }: OutputProps) {
  return (
    <pre class="code-block" tabIndex={0}>
      {JSON.stringify(value, null, 1)}
    </pre>
  );
}
