import { Controller, Inject, Res } from '@nestjs/common';
import { restContract, type Readiness } from '@web-single/contract';
import { Serving, type ModelState } from '@web-single/serving';
import type { FastifyReply } from 'fastify';
import { Metrics } from '../telemetry/metrics.ts';
import { ContractRoute } from './contract-route.ts';

/** Probes and metrics: what an orchestrator and a scraper ask. */
@Controller()
export class OperationsController {
  constructor(
    @Inject(Serving) private readonly serving: Serving,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @ContractRoute(restContract.livez)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @ContractRoute(restContract.readyz)
  ready(@Res({ passthrough: true }) reply: FastifyReply): Readiness {
    void reply.code(this.serving.isReady ? 200 : 503);
    return this.#readiness();
  }

  @ContractRoute(restContract.startupz)
  started(@Res({ passthrough: true }) reply: FastifyReply): Readiness {
    void reply.code(this.serving.isStarted ? 200 : 503);
    return this.#readiness();
  }

  @ContractRoute(restContract.metrics)
  async scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.contentType);
    return this.metrics.render();
  }

  #readiness(): Readiness {
    const { models } = this.serving;
    return {
      status: this.#status(),
      models: models
        .names()
        .flatMap((name) => models.versions(name).map(({ version, state }) => ({ name, version, ...stateOf(state) }))),
    };
  }

  #status(): Readiness['status'] {
    if (this.serving.isDraining) return 'draining';
    if (!this.serving.isStarted) return 'starting';
    return this.serving.isReady ? 'ready' : 'not ready';
  }
}

/** A version that development serves although its golden cases fail is none that could be sent traffic. */
function stateOf(state: ModelState): Pick<Readiness['models'][number], 'state' | 'message'> {
  if (state.state !== 'ready') return state;
  const [failure] = state.served.started.goldenReport.failures;
  if (failure !== undefined) return { state: 'failed', message: failure.message };
  if (!state.served.isEnabled) return { state: 'disabled' };
  return { state: state.served.isDown ? 'restarting' : 'ready' };
}
