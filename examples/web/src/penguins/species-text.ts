import type { Species } from './penguin-row.ts';

/** A sentence for each label, no more and no less: a label renamed in the manifest fails to compile here, on its line. */
export const speciesText: Readonly<Record<Species, string>> = {
  Adelie: 'An Adélie penguin: small, with a short bill and a white ring around the eye.',
  Chinstrap: 'A chinstrap penguin: a thin black line under its chin, a long bill for its weight.',
  Gentoo: 'A gentoo penguin: the largest of the three, with long flippers and an orange bill.',
};
