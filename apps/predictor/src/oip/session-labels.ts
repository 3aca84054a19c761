import type { ModelPackage } from '@web-single/model-package';

/** What the columns of a session output stand for, where a step after the session says so: `classify` and `top-k` name their labels. */
export function sessionLabels({
  after,
  sessionOutputs,
}: Pick<ModelPackage, 'after' | 'sessionOutputs'>): Record<string, string[]> {
  const names = new Set(sessionOutputs.map(({ name }) => name));
  return Object.fromEntries(
    after.flatMap(({ from, labels }) =>
      typeof from === 'string' && names.has(from) && Array.isArray(labels) ? [[from, labels.map(String)]] : [],
    ),
  );
}
