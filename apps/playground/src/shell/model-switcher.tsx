import { useEffect, useRef } from 'preact/hooks';
import type { ModelSummary } from '@web-single/sdk';
import { encodeLink } from '../permalink/encode-link.ts';

const MOST_LINKS = 6;

export interface ModelSwitcherProps {
  readonly models: readonly ModelSummary[];
  readonly selected: string;
  readonly onSelect: (model: string) => void;
}

/** The models of the server: links side by side, or a list where they are many. */
export function ModelSwitcher({ models, selected, onSelect }: ModelSwitcherProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => showSelected(list.current), [selected, models]);
  if (models.length > MOST_LINKS) {
    return (
      <nav class="model-switcher" aria-label="Models">
        <label class="model-select">
          Model
          <select value={selected} onChange={({ currentTarget }) => onSelect(currentTarget.value)}>
            {models.map(({ name, ready }) => (
              <option key={name} value={name}>
                {name}
                {ready ? '' : ' (not ready)'}
              </option>
            ))}
          </select>
        </label>
      </nav>
    );
  }
  return (
    <nav class="model-switcher" aria-label="Models">
      <ul ref={list}>
        {models.map(({ name, ready }) => (
          <li key={name}>
            <a href={encodeLink({ model: name }).hash} aria-current={name === selected ? 'page' : undefined}>
              {name}
              {!ready && <span class="not-ready"> not ready</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** On a phone the row is wider than the screen. */
function showSelected(list: HTMLElement | null): void {
  const link = list?.querySelector<HTMLElement>('[aria-current]');
  if (list && link) list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
}
