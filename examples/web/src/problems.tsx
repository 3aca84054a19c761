import type { PredictorError } from '@web-single/sdk';

/** What the server says of each field, in its words. */
export function problemsByField(error: PredictorError | null): ReadonlyMap<string, string> {
  const details = error?.code === 'INPUT_MISMATCH' ? error.details : [];
  return new Map(details.map(({ field, expected, got, hint }) => [field, hint ?? `Expected ${expected}, got ${got}.`]));
}

/** Everything else that went wrong, with the id that an operator can find. */
export function GeneralProblem({ error }: { readonly error: PredictorError | null }) {
  if (error === null || error.code === 'INPUT_MISMATCH') return null;
  return (
    <p role="alert" className="problem">
      {error.code === 'CONNECTION_FAILED' ? 'No predictor answers: start one with “npm start”.' : error.message}
      {error.requestId !== undefined && <small> Request {error.requestId}</small>}
    </p>
  );
}
