import { Module, type DynamicModule } from '@nestjs/common';
import { Serving } from '@web-single/serving';
import type { HeldBytes } from '../bodies/held-bytes.ts';
import { SETTINGS, type Settings } from '../config/settings.ts';
import { INFERENCE_CALLS, type InferenceCalls } from '../oip/inference-calls.ts';
import { ModelSources } from '../sources/model-sources.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { DOCS_FOLDER, DocsController } from './docs.controller.ts';
import { ModelsController } from './models.controller.ts';
import { OperationsController } from './operations.controller.ts';
import { NotOfferedController } from './not-offered.controller.ts';
import { OipController } from './oip.controller.ts';

export interface PredictorParts {
  readonly settings: Settings;
  readonly serving: Serving;
  readonly sources: ModelSources;
  readonly metrics: Metrics;
  readonly calls: InferenceCalls;
  readonly docsFolder: string;
  /** Absolute folder the page at `/` was built into. */
  readonly playgroundFolder: string;
  readonly held: HeldBytes;
}

/** The one Nest module: controllers around the parts it is given. */
@Module({})
export class PredictorModule {
  static with(parts: PredictorParts): DynamicModule {
    return {
      module: PredictorModule,
      controllers: [ModelsController, OperationsController, DocsController, OipController, NotOfferedController],
      providers: [
        { provide: SETTINGS, useValue: parts.settings },
        { provide: Serving, useValue: parts.serving },
        { provide: ModelSources, useValue: parts.sources },
        { provide: Metrics, useValue: parts.metrics },
        { provide: INFERENCE_CALLS, useValue: parts.calls },
        { provide: DOCS_FOLDER, useValue: parts.docsFolder },
      ],
    };
  }
}
