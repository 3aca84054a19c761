import { Controller, Inject, Res } from '@nestjs/common';
import { restContract, type Readiness } from '@web-single/contract';
import { Serving } from '@web-single/serving';
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
      models: models.names().flatMap((name) =>
        models.versions(name).map(({ version, state }) => ({
          name,
          version,
          state: state.state === 'ready' && state.served.isDown ? 'restarting' : state.state,
          ...(state.state === 'failed' ? { message: state.message } : {}),
        })),
      ),
    };
  }

  #status(): Readiness['status'] {
    if (this.serving.isDraining) return 'draining';
    if (!this.serving.isStarted) return 'starting';
    return this.serving.isReady ? 'ready' : 'not ready';
  }
}
