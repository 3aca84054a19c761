import { encodeExamples, rowLevel, type ModelDescription, type ModelSummary } from '@web-single/contract';
import type { ModelPackage } from '@web-single/model-package';
import type { LoadedModels, ServedModel } from '@web-single/serving';
import { examplesUnder } from './examples-under.ts';

/** What a package says of itself, without an engine: enough for OpenAPI and the SDK. */
export function describePackage(modelPackage: ModelPackage): ModelDescription {
  const { name, version, digest, task, description, license, signature, card, golden, facts } = modelPackage;
  return {
    name,
    version,
    versions: [{ version, digest, active: true, ready: false }],
    digest,
    task,
    description,
    ...(license === undefined ? {} : { license }),
    signature,
    rowLevel: rowLevel(signature),
    ...(card === undefined ? {} : { card }),
    examples: encodeExamples(golden?.cases ?? []),
    assumptions: facts
      .filter((fact) => fact.confidence === 'assumed')
      .map((fact) => `${fact.about}: ${fact.value} (${fact.source})`),
    warnings: [],
  };
}

/** What `GET /v1/models/{model}` says of one ready version. */
export function describeModel(models: LoadedModels, served: ServedModel): ModelDescription {
  const { engine, warnings } = served.started;
  const { name } = served.package;
  const active = models.activeVersion(name);
  return {
    ...describePackage(served.package),
    ...describeView(served),
    versions: models.versions(name).map(({ version, state }) => ({
      version,
      digest: state.state === 'ready' ? state.served.package.digest : '',
      active: version === active,
      ready: state.state === 'ready' && state.served.isEnabled,
    })),
    engine: { placement: engine.placement, maxRows: engine.maxRows, instances: engine.instances },
    warnings: [...warnings],
  };
}

/** What overrides change of a package's description. */
function describeView({ package: found, view }: ServedModel): Partial<ModelDescription> {
  const { signature, overrides } = view;
  if (overrides === undefined) return {};
  return {
    signature,
    rowLevel: rowLevel(signature),
    examples: encodeExamples(examplesUnder(view, found.golden?.cases ?? [])),
    overrides: { ...(overrides.rule as ModelDescription['overrides']), sha256: overrides.sha256 },
  };
}

/** One entry of `GET /v1/models`. */
export function summarizeModel(models: LoadedModels, served: ServedModel): ModelSummary {
  const { name, version, digest, task, description } = served.package;
  const ready = served.isProven && served.isEnabled;
  return { name, version, digest, task, description, ready, default: models.defaultModel() === name };
}
