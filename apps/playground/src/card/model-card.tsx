import type { ModelDescription } from '../server/model-description.ts';
import { Markdown } from './markdown.tsx';
import { withoutTitle } from './without-title.ts';

/** What the model's makers say of it, and what the server knows. */
export function ModelCard({ description }: { readonly description: ModelDescription }) {
  const { name, card } = description;
  return (
    <section class="panel model-card" aria-labelledby="card-title">
      <h2 id="card-title">Model card</h2>
      <div class={`card-columns${card === undefined ? ' is-bare' : ''}`}>
        {card === undefined ? (
          <p class="empty">This model has no card: a README.md in its package would stand here.</p>
        ) : (
          <Markdown source={withoutTitle(card, name)} topLevel={3} />
        )}
        <Facts {...description} />
      </div>
    </section>
  );
}

function Facts({ version, versions, digest, license, task, engine, overrides }: ModelDescription) {
  const facts: [string, string | undefined][] = [
    ['Version', version],
    [
      'Other versions',
      versions
        .filter((other) => other.version !== version)
        .map((other) => other.version)
        .join(', ') || undefined,
    ],
    ['Task', task],
    ['Licence', license],
    [
      'Runs',
      engine &&
        `${engine.placement === 'inline' ? 'in the server’s process' : 'in a process of its own'}, ${engine.maxRows} rows at a time`,
    ],
    ['Digest', digest],
    ['Overrides', overrides?.sha256],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([title, value]) =>
          value !== undefined && (
            <div key={title}>
              <dt>{title}</dt>
              <dd class={title === 'Digest' || title === 'Overrides' ? 'is-digest' : ''}>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
