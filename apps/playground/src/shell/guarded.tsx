import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';

/** Shows what is wrong where a part of the page cannot be drawn; the rest stays. */
export function Guarded({ children }: { readonly children: ComponentChildren }) {
  const [error, reset] = useErrorBoundary();
  if (error === undefined) return <>{children}</>;
  return (
    <main>
      <div class="alert" role="alert">
        <p>This page of the model cannot be shown: {error instanceof Error ? error.message : String(error)}</p>
        <button type="button" class="button is-small" onClick={reset}>
          Try again
        </button>
      </div>
    </main>
  );
}
