import { z } from 'zod';
import { unknownStep } from './create-pipeline.ts';
import type { StepSpec } from './step.ts';
import { stepRegistry } from './step-registry.ts';
import type { StepRegistry } from './step-registry.ts';

/** The entries a manifest may hold under these steps: one strict object per step, told apart by `step`. */
export function createStepSpecSchema(registry: StepRegistry): z.ZodType<StepSpec> {
  const options = [...registry.values()].map(({ name, summary, params }) =>
    params.safeExtend({ step: z.literal(name) }).describe(summary),
  );
  const schema = z.discriminatedUnion('step', options as unknown as [(typeof options)[number]], {
    error: (issue) => (issue.code === 'invalid_union' ? unknownStepOf(issue.input, registry) : undefined),
  });
  // The union of all registered steps is known at run time only; `step` and strict objects make every member a StepSpec.
  return schema as unknown as z.ZodType<StepSpec>;
}

function unknownStepOf(entry: unknown, registry: StepRegistry): string {
  const name = typeof entry === 'object' && entry !== null && 'step' in entry ? entry.step : undefined;
  return unknownStep(name, registry);
}

export const stepSpecSchema: z.ZodType<StepSpec> = createStepSpecSchema(stepRegistry);
