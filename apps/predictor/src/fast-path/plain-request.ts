import type { RequestOutcome } from '../rest/request-outcome.ts';
import { requestId } from '../rest/request-id.ts';
import type { PlainHead } from './plain-head.ts';

const NO_QUERY = {};

/** A prediction read from its connection: what the routes ask of a request of the framework. */
export class PlainRequest {
  readonly id: string;
  readonly method = 'POST';
  readonly routeOptions: { readonly url: string };
  readonly params: PlainHead['params'];
  readonly query = NO_QUERY;
  readonly headers: PlainHead['headers'];
  readonly outcome: RequestOutcome;
  /** A view of what was received. */
  body: Buffer | undefined;

  constructor(head: PlainHead) {
    this.id = requestId(head.headers['x-request-id']);
    this.routeOptions = { url: head.template };
    this.params = head.params;
    this.headers = head.headers;
    this.outcome = { startedAtMs: performance.now(), code: 'OK', heldBytes: 0, isOver: false };
  }
}
