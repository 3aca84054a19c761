/** Compiled outside the workspace against the packed SDK: its options fit the adapters of TanStack Query for Vue and Solid. */
import { useMutation as useSolidMutation, useQuery as useSolidQuery } from '@tanstack/solid-query';
import { useMutation as useVueMutation, useQuery as useVueQuery } from '@tanstack/vue-query';
import { createPredictor } from '@web-single/sdk';
import type { PredictorFailure } from '@web-single/sdk';
import { modelsOptions, predictMutation, predictOptions } from '@web-single/sdk/react';

const predictor = createPredictor({ baseUrl: '/' });
const { penguins } = predictor.models;
const row = { island: 'Dream' } as const;
type Species = 'Adelie' | 'Chinstrap' | 'Gentoo';

const inVue = useVueQuery(predictOptions(penguins, row));
export const vueLabel: Species | undefined = inVue.data.value?.label;
export const vueError: PredictorFailure | null = inVue.error.value;
export const vueNames: readonly string[] | undefined = useVueQuery(modelsOptions(predictor)).data.value?.map(
  ({ name }) => name,
);
useVueMutation(predictMutation(penguins)).mutate(row);

const inSolid = useSolidQuery(() => predictOptions(penguins, row));
export const solidLabel: Species | undefined = inSolid.data?.label;
export const solidError: PredictorFailure | null = inSolid.error;
const { mutate } = useSolidMutation(() => predictMutation(penguins));
mutate(row);
// @ts-expect-error no such island
mutate({ island: 'Dreem' });
// @ts-expect-error no such species
if (inSolid.data?.label === 'Emperor') mutate(row);
