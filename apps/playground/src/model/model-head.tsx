import type { ModelDescription } from '../server/model-description.ts';

export interface ModelHeadProps {
  readonly description: ModelDescription;
  /** Undefined: the active one. */
  readonly version: string | undefined;
  readonly onVersion: (version: string | undefined) => void;
}

/** Name, purpose, and what identifies the model. */
export function ModelHead({ description, version, onVersion }: ModelHeadProps) {
  const { name, task, license, versions, digest } = description;
  const shown = versions.find((known) => known.version === version)?.digest ?? digest;
  return (
    <div class="model-head">
      <h1>{name}</h1>
      {description.description !== '' && <p class="lead">{description.description}</p>}
      <ul class="head-facts" aria-label="Facts">
        <li>{task.replaceAll('-', ' ')}</li>
        <li>
          {versions.length > 1 ? (
            <VersionSelect {...{ description, version, onVersion }} />
          ) : (
            <>version {description.version}</>
          )}
        </li>
        {license !== undefined && <li>{license}</li>}
        <li>
          <code title={shown}>{shown.slice(0, 'sha256:'.length + 12)}</code>
        </li>
      </ul>
      {version !== undefined && (
        <p class="field-hint">
          The form and the card are those of the active version, {description.version}; the answers are those of{' '}
          {version}.
        </p>
      )}
    </div>
  );
}

function VersionSelect({ description, version, onVersion }: ModelHeadProps) {
  const select = (chosen: string) => onVersion(chosen === description.version ? undefined : chosen);
  return (
    <label class="version-select">
      version
      <select value={version ?? description.version} onChange={({ currentTarget }) => select(currentTarget.value)}>
        {description.versions.map((known) => (
          <option key={known.version} value={known.version} disabled={!known.ready}>
            {known.version}
            {known.active ? ' (active)' : known.ready ? '' : ' (not ready)'}
          </option>
        ))}
      </select>
    </label>
  );
}
