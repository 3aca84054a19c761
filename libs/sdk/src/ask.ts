import type { CallOptions } from './options.ts';
import { PredictorPromise, requestIdOf } from './predictor-promise.ts';
import type { WithResponse } from './predictor-promise.ts';
import { send } from './send.ts';
import type { Connection, HttpReply, Prepare } from './send.ts';

/** Makes calls: `prepare` gives the request, `read` the data and what else the answer tells. */
export type Ask = <T, More extends { readonly data: T }>(
  prepare: Prepare,
  options: CallOptions | undefined,
  read: (reply: HttpReply) => More & { readonly data: T },
) => PredictorPromise<T, More & WithResponse<T>>;

/** What `prepare` and `read` throw becomes the rejection of the call. */
export function askOver(connection: Connection): Ask {
  return (prepare, options = {}, read) => {
    const answer = async () => {
      const reply = await send(prepare, connection, options);
      const { response } = reply;
      return { ...read(reply), response, requestId: requestIdOf(response) };
    };
    return new PredictorPromise(answer());
  };
}
