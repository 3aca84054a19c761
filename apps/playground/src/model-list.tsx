import type { ModelSummary } from '@web-single/sdk';
import { useEffect, useState } from 'preact/hooks';

/** The models of this server, by name and task, and the way to the API page. */
export function ModelList({ models }: { readonly models: PromiseLike<readonly ModelSummary[]> }) {
  const [shown, setShown] = useState<readonly ModelSummary[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    models.then(setShown, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  }, [models]);
  return (
    <>
      <h1>Models</h1>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <ul>
        {shown?.map(({ name, version, task }) => (
          <li key={name}>
            {name} {version}, {task}
          </li>
        ))}
      </ul>
      <p>
        <a href="docs">API page</a>
      </p>
    </>
  );
}
