import type { ComponentChildren } from 'preact';
import type { Failure } from '../server/failure.ts';

/** An error that belongs to no field. */
export function FailureAlert({
  failure,
  children,
}: {
  readonly failure: Failure;
  readonly children?: ComponentChildren;
}) {
  const { message, code, requestId } = failure;
  return (
    <div class="alert" role="alert">
      <p>{message}</p>
      {children}
      <p class="alert-facts">
        {code !== undefined && <code>{code}</code>}
        {requestId !== undefined && (
          <span>
            request <code>{requestId}</code>
          </span>
        )}
      </p>
    </div>
  );
}
