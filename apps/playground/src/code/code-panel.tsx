import { useContext, useMemo, useState } from 'preact/hooks';
import type { Draft } from '../fields/draft.ts';
import type { JsonRow, ModelDescription } from '../server/model-description.ts';
import { pageBaseUrl } from '../server/predictor.ts';
import { grpcTargetOf, ServerInfoContext } from '../server/server-info.ts';
import { snippetsOf } from '../snippets/snippets.ts';
import type { Snippet, SnippetCall } from '../snippets/snippets.ts';
import { Tabs } from '../tabs/tabs.tsx';
import { CopyButton } from './copy-button.tsx';

export interface CodePanelProps {
  readonly description: ModelDescription;
  readonly draft: Draft;
  readonly row: JsonRow;
  /** Undefined: the active one. */
  readonly version: string | undefined;
}

/** The call the form stands for, in the languages of those who will make it. */
export function CodePanel(call: CodePanelProps) {
  const grpcTarget = grpcTargetOf(useContext(ServerInfoContext), location.hostname);
  const [chosen, setChosen] = useState<Snippet['id']>('typescript');
  const snippets = useMemo(() => snippetsOf(callOf(call, grpcTarget)), [...Object.values(call), grpcTarget]);
  const shown = snippets.find(({ id }) => id === chosen) ?? snippets[0];
  const missing = missingFields(call);
  if (shown === undefined) return null;
  return (
    <section class="panel code-panel" aria-labelledby="code-title">
      <h2 id="code-title">This call in code</h2>
      <Tabs label="Language" tabs={snippets} selected={shown.id} onSelect={setChosen}>
        {missing.length > 0 && (
          <p class="code-note">
            Not filled in yet: {missing.join(', ')}. Until then the call would be refused, and some languages have no
            form of it.
          </p>
        )}
        {shown.note !== undefined && <p class="code-note">{shown.note}</p>}
        <div class="code-frame">
          <pre class="code-block" tabIndex={0} aria-label={`${shown.title} code`}>
            <code>{shown.code}</code>
          </pre>
          <CopyButton text={shown.code} label="Copy the code" />
        </div>
      </Tabs>
    </section>
  );
}

function callOf({ description, draft, row, version }: CodePanelProps, grpcTarget: string | undefined): SnippetCall {
  const pictures = Object.entries(draft).flatMap(([name, { picture, isLeftOut }]) =>
    picture === undefined || isLeftOut ? [] : [[name, picture] as const],
  );
  const files = pictures.map(([name, { fileName, mediaType }]) => [name, { fileName, mediaType }] as const);
  return {
    baseUrl: pageBaseUrl(),
    grpcTarget,
    // The version that is called stands where the active one is told.
    description: { ...description, version: version ?? description.version },
    row,
    files: Object.fromEntries(files),
  };
}

/** Names of required fields that have no value. */
function missingFields({ description, row }: CodePanelProps): readonly string[] {
  const fields = Object.entries(description.signature.input);
  return fields.filter(([name, { optional }]) => optional !== true && !Object.hasOwn(row, name)).map(([name]) => name);
}
