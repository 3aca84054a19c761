import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

/** What the image needs and gives. */
export const contract = JSON.parse(readFileSync(join(root, 'deploy/image-contract.json'), 'utf8'));

/** Documents of a kind. */
export const ofKind = (documents, kind) => documents.filter((document) => document.kind === kind);
export const nameOf = ({ kind, metadata }) => `${kind} ${metadata?.name}`;
export const deploymentOf = (documents) => ofKind(documents, 'Deployment')[0];
export const predictorOf = (documents) =>
  deploymentOf(documents).spec.template.spec.containers.find(({ name }) => name === 'predictor');

/** True where an object with these labels is selected. */
export const selects = (selector, labels = {}) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** The variables of a container that have plain values, by name. */
export const variables = (container) =>
  Object.fromEntries(
    (container.env ?? []).filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]),
  );

/** Collects sentences: `unless(holds, sentence)` adds one where `holds` is false. */
export function collector() {
  const problems = [];
  return { problems, unless: (holds, sentence) => void (holds || problems.push(sentence)) };
}
