import type { ModelDescription } from '../server/model-description.ts';

/** What was guessed about the model, and what its package warns of. */
export function Notices({ assumptions, warnings, overrides }: ModelDescription) {
  const isOff = overrides?.enabled === false;
  if (assumptions.length + warnings.length === 0 && !isOff) return null;
  return (
    <section class="notices" aria-label="Assumptions and warnings">
      {isOff && <p>The operator switched this model off: predictions are refused.</p>}
      {assumptions.length > 0 && <NoticeList title="Assumed, because nothing states it" items={assumptions} />}
      {warnings.length > 0 && <NoticeList title="Warnings" items={warnings} />}
    </section>
  );
}

function NoticeList({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  return (
    <>
      <p class="notices-title">{title}</p>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  );
}
