import type { Dialect } from '../dialects/dialect.ts';
import { HttpConnection } from '../http-connection.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';
import { AnswerCheck } from './answer-check.ts';
import { type Lane, WrongAnswerError } from './lane.ts';

/** A workload's requests in the words of a contender, sent over keep-alive connections. */
export class HttpLanes {
  readonly #port: number;
  readonly #exchanges: readonly { readonly request: Uint8Array; readonly check: AnswerCheck }[];
  #next = 0;

  constructor(port: number, dialect: Dialect, workload: Workload, cases: readonly Case[]) {
    this.#port = port;
    this.#exchanges = cases.map((wanted) => ({
      request: dialect.request(workload, wanted),
      check: new AnswerCheck(dialect, workload, wanted),
    }));
  }

  async open(count: number): Promise<Lane[]> {
    return Promise.all(Array.from({ length: count }, () => this.#openOne()));
  }

  async #openOne(): Promise<Lane> {
    const connection = await HttpConnection.open(this.#port);
    return {
      send: async () => {
        const { request, check } = this.#exchanges[this.#next++ % this.#exchanges.length]!;
        const { status, body } = await connection.send(request);
        if (status === 503 || status === 429) return false;
        if (status !== 200) throw new WrongAnswerError(`Expected 200, got ${status}: ${body.toString('utf8', 0, 300)}`);
        check.check(body);
        return true;
      },
      close: () => connection.close(),
    };
  }
}
